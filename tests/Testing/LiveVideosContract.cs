using static LiveComments.Testing.Drafts;

namespace LiveComments.Testing;

/// <summary>
/// What viewers find at every <see cref="ILiveVideoReader"/>: the host of videos in this process, the cluster, and an edge. The test
/// project of each derives from it. Videos are the tests' own.
/// </summary>
public abstract class LiveVideosContract
{
    /// <summary>The video that most tests use.</summary>
    protected LiveVideoId Video { get; } = NewVideo();

    /// <summary>What is tested.</summary>
    protected abstract ILiveVideoReader Videos { get; }

    /// <summary>A video that no other test has.</summary>
    protected static LiveVideoId NewVideo() => LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    /// <summary>Posts a comment where these videos have their owners.</summary>
    protected abstract Task<Comment> PostAsync(LiveVideoId video, string message);

    [Fact]
    public async Task A_video_without_comments_has_an_empty_page_and_begins_at_none()
    {
        var page = await Videos.ReadAsync(Video, CommentId.Max, 10).InTime();
        await using var subscription = await Videos.SubscribeAsync(Video, new SeenComments()).InTime();

        Assert.Equal((0, null), (page.Comments.Count, page.NextCursor));
        Assert.Equal(CommentId.None, subscription.Start);
    }

    [Fact]
    public async Task Pages_are_newest_first_and_join_without_a_hole()
    {
        var posted = await PostAsync(Video, count: 25);
        await PostAsync(NewVideo(), "of another video");

        var read = new List<Comment>();
        CommentId? before = CommentId.Max;
        while (before is { } cursor)
        {
            var page = await Videos.ReadAsync(Video, cursor, 10).InTime();
            Assert.InRange(page.Comments.Count, 1, 10);
            read.AddRange(page.Comments);
            before = page.NextCursor;
        }

        Assert.Equal(posted.Reverse(), read);
    }

    [Fact]
    public async Task A_page_below_a_comment_ends_before_it()
    {
        var posted = await PostAsync(Video, count: 5);

        var page = await Videos.ReadAsync(Video, posted[2].Id, 10).InTime();

        Assert.Equal([posted[1], posted[0]], page.Comments);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task A_page_has_at_least_one_comment() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Videos.ReadAsync(Video, CommentId.Max, 0).InTime());

    [Fact]
    public async Task A_subscription_begins_where_the_log_ends_and_misses_nothing()
    {
        var before = await PostAsync(Video, count: 3);
        var seen = new SeenComments();
        await using var subscription = await Videos.SubscribeAsync(Video, seen).InTime();

        var after = await PostAsync(Video, count: 30);

        Assert.Equal(before[^1].Id, subscription.Start);
        var batches = await seen.ChainAsync(subscription.Start, after[^1].Id);
        Assert.Equal(after.Select(comment => comment.Id), batches.SelectMany(batch => batch.Comments).Select(comment => comment.Id));
        AssertInOrder(subscription.Start, batches);
    }

    [Fact]
    public async Task Comments_posted_at_once_come_in_the_order_of_the_log()
    {
        var seen = new SeenComments();
        await using var subscription = await Videos.SubscribeAsync(Video, seen).InTime();

        var posted = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => PostAsync(Video, $"{i}"))).InTime();
        var ids = posted.Select(comment => comment.Id.Value).Order().ToList();

        var batches = await seen.ChainAsync(subscription.Start, new(ids[^1]));
        Assert.Equal(ids, batches.SelectMany(batch => batch.Comments).Select(comment => comment.Id.Value));
        AssertInOrder(subscription.Start, batches);
    }

    [Fact]
    public async Task Whoever_synchronizes_has_all_that_was_acknowledged_before()
    {
        var seen = new SeenComments();
        await using var subscription = await Videos.SubscribeAsync(Video, seen).InTime();
        for (var i = 0; i < 20; i++)
        {
            var posted = await PostAsync(Video, $"{i}");

            await subscription.SyncAsync().InTime();

            Assert.Contains(posted, seen.Batches.SelectMany(batch => batch.Comments));
        }
    }

    [Fact]
    public async Task Each_observer_is_told_of_its_own_video_until_it_leaves()
    {
        var (stays, leaves, other) = (new SeenComments(), new SeenComments(), new SeenComments());
        await using var staying = await Videos.SubscribeAsync(Video, stays).InTime();
        await using var ofAnother = await Videos.SubscribeAsync(NewVideo(), other).InTime();
        await using (await Videos.SubscribeAsync(Video, leaves).InTime())
            await leaves.ThroughAsync((await PostAsync(Video, "while both follow")).Id.Value);

        var last = await PostAsync(Video, "while one follows");
        await stays.ThroughAsync(last.Id.Value);

        Assert.Equal(["while both follow"], Messages(leaves));
        Assert.Equal(["while both follow", "while one follows"], Messages(stays));
        Assert.Empty(Messages(other));
    }

    private static IEnumerable<string> Messages(SeenComments seen) =>
        seen.Batches.SelectMany(batch => batch.Comments).Select(comment => comment.Message);

    /// <summary>Each batch follows on the last comment that was told before it.</summary>
    private static void AssertInOrder(CommentId start, IEnumerable<CommentBatch> batches)
    {
        var last = start;
        foreach (var batch in batches)
        {
            Assert.Equal(last, batch.Follows);
            foreach (var comment in batch.Comments)
            {
                Assert.True(comment.Id > last, $"{comment.Id} came after {last}.");
                last = comment.Id;
            }
        }
    }

    private async Task<IReadOnlyList<Comment>> PostAsync(LiveVideoId video, int count)
    {
        var posted = new List<Comment>();
        for (var i = 0; i < count; i++) posted.Add(await PostAsync(video, $"{i}"));
        return posted;
    }

    /// <summary>Posts to videos that have their owners here.</summary>
    protected static async Task<Comment> PostAsync(ILiveVideos videos, LiveVideoId video, string message)
    {
        // Some are of persons: what a token said of the author goes wherever the comment does.
        var person = message.Length % 2 == 0 ? new AuthorId(message.Length) : default(AuthorId?);
        var outcome = await videos.PostAsync(video, Draft(message, person: person)).InTime();
        Assert.Equal(PostStatus.Accepted, outcome.Status);
        return outcome.Comment!;
    }
}
