using System.Diagnostics.Metrics;
using System.Reflection;
using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Grains.Tests;

/// <summary>Posts that wait at a frontend for owners that do not answer.</summary>
public sealed class PostBoundTests(TestSilos silos) : IClassFixture<TestSilos>, IDisposable
{
    private const int MostOfAVideo = 3;

    private static readonly CommentMetrics Metrics = new(new Meter("test"));

    private readonly LiveVideoOptions _options = new() { MaxWaitingPosts = 10, MaxWaitingPostsPerVideo = MostOfAVideo };
    private readonly FrontendLink _link = new(silos.Cluster.Client, TestSilos.Leases, TimeProvider.System);

    public void Dispose() => _link.Dispose();

    [Fact]
    public async Task An_owner_that_does_not_answer_refuses_more_and_other_videos_go_on()
    {
        using var videos = new ClusterLiveVideos(silos.Cluster.Client, _link, _options, TimeProvider.System, Metrics);
        var hanging = LiveVideoId.Parse($"hanging-{Guid.NewGuid():N}");
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        silos.Store.BeforeAppend = () =>
        {
            reached.TrySetResult();
            return release.Task;
        };
        var first = videos.PostAsync(hanging, Draft("under way"));
        await reached.Task.InTime();
        silos.Store.BeforeAppend = () => Task.CompletedTask;

        var waiting = Enumerable.Range(0, MostOfAVideo).Select(_ => videos.PostAsync(hanging, Draft("waits"))).ToList();
        var refused = await videos.PostAsync(hanging, Draft("one too many")).InTime();
        var other = await videos.PostAsync(LiveVideoId.Parse($"other-{Guid.NewGuid():N}"), Draft("goes on")).InTime();
        release.SetResult();

        Assert.Equal((PostStatus.Overloaded, PostStatus.Accepted), (refused.Status, other.Status));
        Assert.All(await Task.WhenAll([first, .. waiting]).InTime(), outcome => Assert.Equal(PostStatus.Accepted, outcome.Status));
    }

    [Fact]
    public async Task An_owner_that_answers_for_fewer_posts_leaves_no_poster_without_an_answer()
    {
        var video = DispatchProxy.Create<ILiveVideoGrain, Forgetful>();
        var posts = new PostBatcher(video, _options, Metrics);

        var outcomes = new[] { posts.PostAsync(Draft("1")), posts.PostAsync(Draft("2")), posts.PostAsync(Draft("3")) };
        ((Forgetful)(object)video).First.SetResult(new([new(PostStatus.Repeated)]));

        Assert.Equal(
            [PostStatus.Repeated, PostStatus.Repeated, PostStatus.Unavailable],
            (await Task.WhenAll(outcomes).InTime()).Select(outcome => outcome.Status));
    }

    /// <summary>Answers for one post of each call; the first call waits.</summary>
    public class Forgetful : DispatchProxy
    {
        private int _calls;

        /// <summary>The answer to the first call.</summary>
        public TaskCompletionSource<PostAnswers> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            _calls++ == 0 ? First.Task : Task.FromResult(new PostAnswers([new(PostStatus.Repeated)]));
    }
}
