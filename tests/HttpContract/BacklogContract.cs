using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>
/// What a viewer that joins gets: the last comments, oldest first, then the live ones, without a gap or a repeat between.
/// </summary>
public abstract class BacklogContract(ContractTarget target) : ContractTests(target)
{
    private const int LargestBacklog = 200;

    [Theory]
    [InlineData("", 50)]
    [InlineData("?backlog=1", 1)]
    [InlineData("?backlog=50", 50)]
    [InlineData("?backlog=200", 200)]
    public async Task A_viewer_gets_the_last_comments_oldest_first(string query, int backlog)
    {
        var posted = await Client.PostManyAsync(Video, LargestBacklog + 10);
        using var viewer = await Client.WatchAsync(Video, query);

        var live = await Client.PostAsync(Video, "Live");

        Assert.Equal([.. posted.TakeLast(backlog), live], await viewer.TakeAsync(backlog + 1));
    }

    [Fact]
    public async Task Without_a_backlog_a_viewer_gets_live_comments_alone()
    {
        await Client.PostManyAsync(Video, 10);
        using var viewer = await Client.WatchAsync(Video, "?backlog=0");

        var live = await Client.PostAsync(Video, "Live");

        Assert.Equal(live, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task A_backlog_ends_where_the_comments_do()
    {
        var posted = await Client.PostManyAsync(Video, 3);

        using var viewer = await Client.WatchAsync(Video, "?backlog=200");

        Assert.Equal(posted, await viewer.TakeAsync(3));
    }

    [Fact]
    public async Task Whether_a_stream_is_passed_on_to_others_is_true_or_false()
    {
        var posted = await Client.PostAsync(Video);
        using var relay = await Client.WatchAsync(Video, "?relay=true");

        Assert.Equal(posted, await relay.NextCommentAsync());
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.OpenStreamAsync(Video, "?relay=maybe"));
    }

    [Fact]
    public async Task A_viewer_may_wait_for_the_first_comment()
    {
        using var viewer = await Client.WatchAsync(Video);

        var first = await Client.PostAsync(Video);

        Assert.Equal(first, await viewer.NextCommentAsync());
    }

    [Theory]
    [InlineData("201")]
    [InlineData("-1")]
    [InlineData("all")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task A_bad_backlog_is_refused(string backlog) =>
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.OpenStreamAsync(Video, $"?backlog={backlog}"));

    [Fact]
    public async Task Backlog_and_live_are_the_history_while_many_post()
    {
        const int Posters = 4;
        const int PostsEach = 150;
        const int Viewers = 8;
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var begun = new Tally();
        var acknowledged = new Tally();

        var viewers = Enumerable.Range(0, Viewers).Select(_ => JoinAfterAsync(random.Next(Posters * PostsEach))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Posters).Select(PostAsync));
        begun.Increment();
        var last = await Client.PostAsync(Video, "Last");
        var history = await Client.HistoryAsync(Video);

        Assert.Equal((Posters * PostsEach) + 1, history.Count);
        foreach (var joining in viewers)
        {
            var (viewer, first, earliest, latest) = await joining;
            using (viewer)
            {
                IReadOnlyList<PostedComment> seen = [first, .. await viewer.TakeThroughAsync(last)];
                Assert.True(
                    history.TakeLast(seen.Count).SequenceEqual(seen), $"A viewer's comments are not the end of the history (seed {seed}).");
                Assert.InRange(history.Count - seen.Count, Math.Max(0, earliest - LargestBacklog), Math.Max(0, latest - LargestBacklog));
            }
        }

        async Task PostAsync(int poster)
        {
            for (var i = 0; i < PostsEach; i++)
            {
                begun.Increment();
                await Client.PostAsync(Video, $"Comment {i} of {poster}");
                acknowledged.Increment();
            }
        }

        // The backlog was read when as many comments had been posted as lie between the two counts.
        async Task<(SseViewer Viewer, PostedComment First, int Earliest, int Latest)> JoinAfterAsync(int comments)
        {
            await acknowledged.ReachesAsync(comments);
            var earliest = acknowledged.Count;
            var viewer = await Client.WatchAsync(Video, $"?backlog={LargestBacklog}");
            return (viewer, await viewer.NextCommentAsync(), earliest, begun.Count);
        }
    }
}
