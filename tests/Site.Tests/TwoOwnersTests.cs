using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>Two nodes that are asked for one video at the same time, each directly.</summary>
[Collection(SharedSiteCollection.Name)]
public sealed class TwoOwnersTests(SharedSite shared) : IDisposable
{
    private readonly CommentsClient _one = new(new(shared.Site.Nodes[0].Address));
    private readonly CommentsClient _other = new(new(shared.Site.Nodes[1].Address));

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Two_owners_at_once_write_one_log_and_lose_nothing()
    {
        var ledger = new PostLedger();
        await using var viewer = await FaithfulViewer.JoinAsync(_one, ledger.Video);

        await Task.WhenAll(new[] { _one, _other, _one, _other }.Select(async (client, i) =>
        {
            var poster = new FaithfulPoster(client, ledger, $"poster {i}");
            for (var post = 0; post < 50; post++) await poster.PostAsync();
        }));
        await new FaithfulPoster(_other, ledger, "the last").PostAsync();

        await viewer.SeesAsync("the last, post 0");
        using var client = new CommentsClient(new(shared.Site.Nodes[2].Address));
        var history = await client.HistoryAsync(ledger.Video);
        ledger.AssertKeptIn(history);
        Assert.Equal(201, history.Count);
        Assert.Equal(history, viewer.Seen);
    }

    [Fact]
    public async Task An_owner_that_finds_its_position_taken_sends_its_viewers_away()
    {
        var video = CommentsClient.NewVideo();
        using var viewer = await _one.WatchAsync(video);
        var first = await _one.PostAsync(video, "first");
        var taken = await _other.PostAsync(video, "taken");

        var late = await _one.PostAsync(video, "late");

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await viewer.TakeAsync(99));
        using var again = await _one.WatchAsync(video, lastEventId: first.Id);
        Assert.Equal([taken, late], await again.TakeAsync(2));
    }

    [Fact]
    public async Task An_owner_that_is_asked_no_more_sends_its_viewers_away_as_well()
    {
        var video = CommentsClient.NewVideo();
        using var viewer = await _one.WatchAsync(video);
        var first = await _one.PostAsync(video, "first");
        Assert.Equal(first, await viewer.NextCommentAsync());

        var second = await _other.PostAsync(video, "second");

        // It may still be sent the comment before the stream ends.
        await Assert.ThrowsAsync<EndOfStreamException>(async () => await viewer.TakeAsync(9));
        Assert.Equal([second, first], (await _one.PageAsync(video)).Comments);
    }
}
