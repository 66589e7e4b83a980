using System.Diagnostics.Metrics;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Tests;

public sealed class InProcessLiveVideosTests : IDisposable
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("v");

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly LiveVideoOptions _options = new() { MaxWaitingPosts = 2 };
    private readonly InProcessLiveVideos _videos;

    public InProcessLiveVideosTests() => _videos = new(_store, _options, _time, new(new Meter("test")));

    public void Dispose() => _videos.Dispose();

    [Fact]
    public async Task Many_posters_of_many_videos_each_get_their_place()
    {
        using var videos = new InProcessLiveVideos(_store, new(), _time, new(new Meter("test")));
        var posts = from i in Enumerable.Range(0, 2_000)
                    let id = LiveVideoId.Parse($"v{i % 7}")
                    select (id, Task.Run(() => videos.PostAsync(id, Draft($"{i}"))));
        var posted = posts.ToList();
        var outcomes = await Task.WhenAll(posted.Select(post => post.Item2)).InTime();

        foreach (var byVideo in posted.Zip(outcomes).GroupBy(pair => pair.First.id, pair => pair.Second.Comment!))
            Assert.Equal(_store.All(byVideo.Key), byVideo.OrderBy(comment => comment.Id));
        Assert.Equal(7, videos.ActiveVideos);
    }

    [Fact]
    public async Task An_idle_video_leaves_memory_and_comes_back_with_the_next_id()
    {
        var first = await _videos.PostAsync(Id, Draft()).InTime();
        Assert.Equal(1, _videos.ActiveVideos);

        _time.Advance(_options.IdleAfter * 2);
        Assert.Equal(0, _videos.ActiveVideos);

        _time.SetWallClock(_time.GetUtcNow().AddDays(-1));
        var second = await _videos.PostAsync(Id, Draft()).InTime();
        Assert.Equal(first.Comment!.Id.Successor, second.Comment!.Id);
    }

    [Fact]
    public async Task An_owner_that_is_asked_no_more_finds_the_other_in_time()
    {
        using var one = new InProcessLiveVideos(_store, new() { CheckOwnerEvery = TimeSpan.FromSeconds(3) }, _time, new(new Meter("test")));
        var observer = new Observer();
        await using var watch = await one.SubscribeAsync(Id, observer).InTime();
        await _videos.PostAsync(Id, Draft()).InTime();

        _time.Advance(TimeSpan.FromSeconds(3));

        await observer.OwnerChanged.Task.InTime();
    }

    [Fact]
    public async Task A_look_for_another_owner_that_fails_unexpectedly_is_logged_and_the_next_one_finds_it()
    {
        var log = new LogLines();
        using var one = new InProcessLiveVideos(
            _store, new() { CheckOwnerEvery = TimeSpan.FromSeconds(3) }, _time, new(new Meter("test")), new(_time, log));
        var observer = new Observer();
        await using var watch = await one.SubscribeAsync(Id, observer).InTime();
        _store.BeforeRead = () => throw new InvalidCastException("A defect.");
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Contains("failed unexpectedly", await log.FirstAsync(), StringComparison.Ordinal);

        _store.BeforeRead = () => Task.CompletedTask;
        await _videos.PostAsync(Id, Draft()).InTime();
        _time.Advance(TimeSpan.FromSeconds(6));

        await observer.OwnerChanged.Task.InTime();
    }

    [Fact]
    public async Task A_watched_video_stays()
    {
        var watch = await _videos.SubscribeAsync(Id, new Observer()).InTime();
        _time.Advance(_options.IdleAfter * 3);
        Assert.Equal(1, _videos.ActiveVideos);

        await watch.DisposeAsync();
        _time.Advance(_options.IdleAfter * 2);
        Assert.Equal(0, _videos.ActiveVideos);
    }

    [Fact]
    public async Task A_video_without_comments_leaves_memory_with_its_last_watcher()
    {
        var id = LiveVideoId.Parse("random");
        var first = await _videos.SubscribeAsync(id, new Observer()).InTime();
        var second = await _videos.SubscribeAsync(id, new Observer()).InTime();
        await first.DisposeAsync();
        Assert.Equal(1, _videos.ActiveVideos);

        await second.DisposeAsync();

        Assert.Equal(0, _videos.ActiveVideos);
        await _videos.PostAsync(id, Draft()).InTime();
        Assert.Equal(1, _videos.ActiveVideos);
    }

    [Fact]
    public async Task A_watch_that_fails_keeps_nothing_in_memory()
    {
        _store.BeforeRead = () => throw new CommentsUnavailableException("locked");
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => _videos.SubscribeAsync(Id, new Observer()));
        _time.Advance(_options.IdleAfter * 2);
        Assert.Equal(0, _videos.ActiveVideos);
    }

    [Fact]
    public async Task Reading_a_video_that_nobody_uses_takes_no_memory()
    {
        await _videos.PostAsync(Id, Draft()).InTime();
        _time.Advance(_options.IdleAfter * 2);

        Assert.Single((await _videos.ReadAsync(Id, CommentId.Max, 10).InTime()).Comments);
        Assert.Equal(0, _videos.ActiveVideos);
    }

    [Fact]
    public async Task Too_many_waiting_posts_are_refused_at_once()
    {
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () => append.Task;
        var waiting = new[] { _videos.PostAsync(Id, Draft()), _videos.PostAsync(Id, Draft()) };

        Assert.Equal(PostStatus.Overloaded, (await _videos.PostAsync(Id, Draft()).InTime()).Status);

        append.SetResult();
        Assert.All(await Task.WhenAll(waiting).InTime(), outcome => Assert.Equal(PostStatus.Accepted, outcome.Status));
        Assert.Equal(PostStatus.Accepted, (await _videos.PostAsync(Id, Draft()).InTime()).Status);
        Assert.Equal(3, _store.All(Id).Count);
    }

    private sealed class Observer : ILiveVideoObserver
    {
        public TaskCompletionSource OwnerChanged { get; } = new();

        public void OnBatch(CommentBatch batch)
        {
        }

        public void OnOwnerChanged() => OwnerChanged.TrySetResult();
    }
}
