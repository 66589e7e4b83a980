using System.Diagnostics.Metrics;

namespace LiveComments.Tests;

/// <summary>How the owner of a video keeps comments from everybody but moderators until their time has come.</summary>
public sealed class DelayTests
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("v");

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Everybody_is_told_when_the_delay_is_over_and_moderators_at_once()
    {
        var video = NewOwner();
        await DelayAsync(video, 5);
        var (everybody, moderator) = (await WatchAsync(video), await WatchAsync(video, moderates: true));

        var comment = await PostAsync(video);
        Assert.Equal([comment], moderator.Comments);
        Assert.Empty(everybody.Comments);
        Assert.Equal(comment.Id, video.Last);
        Assert.True(video.Public < comment.Id);

        await PassUntilAsync(5.3, () => everybody.Comments.Count == 1);
        Assert.Equal([comment], everybody.Comments);
        Assert.Equal(comment.Id, video.Public);
    }

    [Fact]
    public async Task A_removal_is_told_early_and_again_in_its_place()
    {
        var video = NewOwner();
        var seen = await PostAsync(video);
        await DelayAsync(video, 5);
        var everybody = await WatchAsync(video);
        await PostAsync(video);

        await video.RemoveAsync(RemovalRequest.OfComment(seen.Id)).InTime();
        var early = Assert.Single(everybody.Early);
        Assert.Equal([seen.Id], early.Removed.Ids!);
        Assert.Empty(everybody.Removals);
        // Who comes now is told as well.
        Assert.Equal(early.Id, Assert.Single((await WatchAsync(video)).Early).Id);

        await PassUntilAsync(5.3, () => everybody.Removals.Count == 1);
        Assert.Equal(early.Id, everybody.Removals[0].Id);
        Assert.Empty(video.Early);
    }

    [Fact]
    public async Task What_is_removed_before_its_time_is_never_shown_and_its_place_is_kept()
    {
        var video = NewOwner();
        await DelayAsync(video, 5);
        var everybody = await WatchAsync(video);
        var removed = await PostAsync(video);
        var shown = await PostAsync(video);
        await video.RemoveAsync(RemovalRequest.OfComment(removed.Id)).InTime();

        await PassUntilAsync(5.5, () => everybody.Removals.Count == 1);
        Assert.Equal([shown], everybody.Comments);
        // Each batch follows on the one before.
        Assert.All(everybody.Follows.Zip(everybody.Lasts.Prepend(everybody.Follows[0])), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public async Task Without_the_delay_all_is_public_at_once_and_what_was_public_stays_it()
    {
        var video = NewOwner();
        var first = await PostAsync(video);
        await DelayAsync(video, 30);
        Assert.True(video.Public >= first.Id);
        var everybody = await WatchAsync(video);
        var second = await PostAsync(video);
        Assert.Empty(everybody.Comments);
        // Another owner judges as this one does.
        var other = NewOwner();
        await WatchAsync(other);
        Assert.True(other.Public >= first.Id && other.Public < second.Id);

        await DelayAsync(video, 0);
        Assert.Equal([second], everybody.Comments);
        Assert.True(video.Public >= second.Id);
    }

    [Fact]
    public async Task An_owner_that_takes_over_tells_of_removals_that_are_not_public_yet()
    {
        var (video, other) = (NewOwner(), NewOwner());
        var seen = await PostAsync(video);
        var everybody = await WatchAsync(video);
        await DelayAsync(other, 5);
        await PostAsync(other);
        await other.RemoveAsync(RemovalRequest.OfComment(seen.Id)).InTime();
        Assert.Empty(everybody.Early);

        await PostAsync(video);

        Assert.Equal([seen.Id], Assert.Single(everybody.Early).Removed.Ids!);
        Assert.Equal([seen.Id], Assert.Single((await WatchAsync(NewOwner())).Early).Removed.Ids!);
        Assert.Empty(everybody.Comments);
    }

    [Fact]
    public async Task What_another_owner_has_written_is_told_when_it_is_time()
    {
        var (video, other) = (NewOwner(), NewOwner());
        var everybody = await WatchAsync(video);
        await DelayAsync(other, 5);
        var hidden = await PostAsync(other);

        // Its first post finds out.
        var own = await PostAsync(video);
        Assert.Empty(everybody.Comments);
        Assert.All(everybody.Ends, end => Assert.True(end < hidden.Id));

        await PassUntilAsync(5.5, () => video.Public == own.Id);
        Assert.Contains(everybody.Ends, end => end >= hidden.Id && end < own.Id);
        Assert.Equal([own], everybody.Comments);
    }

    private static async Task<Comment> PostAsync(LiveVideo video) => (await video.PostAsync(Drafts.Draft()).InTime()).Comment!;

    private static async Task DelayAsync(LiveVideo video, int seconds)
    {
        var request = RemovalRequest.OfSettings(new() { DelaySeconds = seconds });
        Assert.Equal(RemovalStatus.Removed, (await video.RemoveAsync(request).InTime()).Status);
    }

    private static async Task<Told> WatchAsync(LiveVideo video, bool moderates = false)
    {
        var told = new Told();
        await video.SubscribeAsync(told, moderates).InTime();
        return told;
    }

    /// <summary>Lets seconds pass, in steps, until it is so: what goes on after one timer sets the next, perhaps later on another thread.</summary>
    private Task PassUntilAsync(double seconds, Func<bool> isSo) => Patience.UntilAsync(() =>
    {
        for (var step = 0; step < seconds * 20; step++) _time.Advance(TimeSpan.FromMilliseconds(50));
        return Task.FromResult(isSo());
    });

    private LiveVideo NewOwner() => new(Id, _store, new(), _time, new(new Meter("test")));

    private sealed class Told : ILiveVideoObserver
    {
        public List<Comment> Comments { get; } = [];

        public List<Removal> Removals { get; } = [];

        public List<Removal> Early { get; } = [];

        public List<CommentId> Ends { get; } = [];

        public List<CommentId> Follows { get; } = [];

        public List<CommentId> Lasts { get; } = [];

        public void OnBatch(CommentBatch batch)
        {
            if (batch.Comments.Count + batch.Removals.Count > 0)
            {
                Follows.Add(batch.Follows);
                Lasts.Add(batch.Last);
            }

            Comments.AddRange(batch.Comments);
            Removals.AddRange(batch.Removals.Where(removal => !removal.Removed.AreNone));
            Early.AddRange(batch.Early);
            if (batch.Comments.Count + batch.Removals.Count == 0) Ends.Add(batch.Follows);
        }
    }
}
