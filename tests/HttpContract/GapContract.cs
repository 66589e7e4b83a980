using System.Globalization;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>What a viewer gets that resumes further back than a node replays: a <c>gap</c>, which it can fill from the history.</summary>
public abstract class GapContract(ContractTarget target) : ContractTests(target)
{
    private const int Missed = ContractTarget.Replay + 1;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task As_many_comments_as_the_replay_are_no_gap(bool watched)
    {
        using var watching = watched ? await Client.WatchAsync(Video) : null;
        var posted = await Client.PostManyAsync(Video, ContractTarget.Replay + 10);

        using var viewer = await Client.WatchAsync(Video, lastEventId: posted[9].Id);

        Assert.Equal(posted.Skip(10), await viewer.TakeAsync(ContractTarget.Replay));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_comment_more_is_a_gap_that_ends_where_the_backlog_begins(bool watched)
    {
        using var watching = watched ? await Client.WatchAsync(Video) : null;
        var posted = await Client.PostManyAsync(Video, Missed + 10);

        using var viewer = await Client.WatchAsync(Video, lastEventId: posted[9].Id);

        Assert.Equal((posted[9].Id, posted[^50].Id), await NextGapAsync(viewer));
        var live = await Client.PostAsync(Video, "Live");
        Assert.Equal([.. posted.TakeLast(50), live], await viewer.TakeAsync(51));
    }

    [Fact]
    public async Task A_gap_keeps_to_the_backlog_asked_for()
    {
        var posted = await Client.PostManyAsync(Video, Missed + 1);

        using var viewer = await Client.WatchAsync(Video, $"?backlog=7&after={posted[0].Id}");

        Assert.Equal((posted[0].Id, posted[^7].Id), await NextGapAsync(viewer));
        Assert.Equal(posted.TakeLast(7), await viewer.TakeAsync(7));
    }

    [Fact]
    public async Task Without_a_backlog_a_gap_ends_before_the_live_comments()
    {
        var posted = await Client.PostManyAsync(Video, Missed + 1);
        using var viewer = await Client.WatchAsync(Video, "?backlog=0", posted[0].Id);

        var (after, before) = await NextGapAsync(viewer);
        var live = await Client.PostAsync(Video, "Live");

        Assert.Equal(posted[0].Id, after);
        Assert.InRange(long.Parse(before, CultureInfo.InvariantCulture), posted[^1].Number + 1, live.Number);
        Assert.Equal(live, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task The_history_fills_a_gap()
    {
        var posted = await Client.PostManyAsync(Video, Missed + 10);
        using var viewer = await Client.WatchAsync(Video, lastEventId: posted[9].Id);
        var (after, before) = await NextGapAsync(viewer);

        var missing = new List<PostedComment>();
        await foreach (var page in Client.PagesAsync(Video, cursor: before))
            missing.AddRange(page.Comments.TakeWhile(comment => comment.Id != after && comment.Number > posted[9].Number));

        missing.Reverse();
        Assert.Equal(posted.Skip(10), [.. missing, .. await viewer.TakeAsync(50)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gap_names_the_removals_in_it_or_says_that_they_are_many(bool many)
    {
        var moderator = ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");
        using var watching = await Client.WatchAsync(Video);
        var posted = (await Client.PostManyAsync(Video, 30)).ToList();
        if (many) await Client.RemoveManyAsync(Video, moderator, """{"all":true}""");
        else foreach (var comment in posted.Take(3)) await Client.RemoveAsync(comment, moderator);
        await Client.PostManyAsync(Video, ContractTarget.Replay + 100);

        using var viewer = await Client.WatchAsync(Video, lastEventId: posted[9].Id);

        var item = await viewer.NextAsync();
        Assert.Equal("gap", item.EventType);
        using var gap = JsonDocument.Parse(item.Data);
        // A node that does not know what was removed so long ago says so.
        if (gap.RootElement.TryGetProperty("reset", out var reset)) Assert.True(reset.GetBoolean());
        else
        {
            Assert.False(many);
            Assert.Equal(
                posted.Take(3).Select(comment => comment.Id),
                gap.RootElement.GetProperty("removed").EnumerateArray().Select(id => id.GetString()));
        }
    }

    private static async Task<(string After, string Before)> NextGapAsync(SseViewer viewer)
    {
        var item = await viewer.NextAsync();
        Assert.Equal("gap", item.EventType);
        Assert.Null(item.EventId);
        using var gap = JsonDocument.Parse(item.Data);
        Assert.Equal(["after", "before"], gap.RootElement.EnumerateObject().Select(member => member.Name));
        return (gap.RootElement.GetProperty("after").GetString()!, gap.RootElement.GetProperty("before").GetString()!);
    }
}
