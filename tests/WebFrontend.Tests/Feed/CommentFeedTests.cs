using LiveComments.Testing;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.Feed;

public sealed class CommentFeedTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MemoryStore _store = new();
    private readonly Signal _news = new();
    private readonly InProcessLiveVideos _videos;

    public CommentFeedTests() => _videos = Engine(_store, _time);

    public void Dispose() => _videos.Dispose();

    [Fact]
    public async Task A_storm_of_viewers_shares_one_read()
    {
        await _videos.PostAsync(300);
        _time.Advance(TimeSpan.FromMinutes(3));
        await using var feed = NewFeed(_videos, _time);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => feed.PrepareAsync(null, 50))).InTime();

        Assert.Equal(50, Read(feed, backlog: 50).Ids.Count());
        Assert.Equal(1, _store.Reads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(1_000)]
    public async Task A_viewer_that_was_here_resumes_without_a_gap(int missed)
    {
        await _videos.PostAsync(1_100);
        var log = _store.All(Video);
        var after = log[^(missed + 1)].Id;
        await using var feed = NewFeed(_videos, _time);

        await feed.PrepareAsync(after, 50).InTime();

        Assert.Equal(log.TakeLast(missed).Select(comment => comment.Id.Value), Read(feed, after: after).Ids);
    }

    [Fact]
    public async Task A_viewer_from_further_back_is_told_of_the_gap_and_given_the_backlog()
    {
        await _videos.PostAsync(1_100);
        var log = _store.All(Video);
        await using var feed = NewFeed(_videos, _time);

        await feed.PrepareAsync(log[0].Id, 7).InTime();
        var read = Read(feed, log[0].Id, 7);

        Assert.Equal($$"""{"after":"{{log[0].Id}}","before":"{{log[^7].Id}}"}""", read.Events[0].Data);
        Assert.Equal(log.TakeLast(7).Select(comment => comment.Id.Value), read.Ids);
    }

    [Fact]
    public async Task Lost_batches_are_noticed_and_filled_in()
    {
        var lossy = new LossyVideos(_videos);
        await using var feed = NewFeed(lossy, _time, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();

        await lossy.PostAsync(3);
        lossy.Losing = true;
        await lossy.PostAsync(5);
        lossy.Losing = false;
        await lossy.PostAsync(2);
        await _news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == _store.All(Video)[^1].Id.Value);

        Assert.Equal(_store.All(Video).Select(comment => comment.Id.Value), Read(feed).Ids);
    }

    [Fact]
    public async Task Batches_that_come_twice_or_late_change_nothing()
    {
        var videos = new LossyVideos(_videos);
        await using var feed = NewFeed(videos, _time);
        await feed.PrepareAsync(null, 50).InTime();
        await videos.PostAsync(3);
        var batches = videos.Batches.ToList();

        foreach (var batch in batches) feed.OnBatch(batch);

        Assert.Equal(_store.All(Video).Select(comment => comment.Id.Value), Read(feed).Ids);
    }

    [Fact]
    public async Task While_the_store_fails_it_tries_again_until_nothing_is_missing()
    {
        var lossy = new LossyVideos(_videos);
        await using var feed = NewFeed(lossy, _time, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();
        lossy.Losing = true;
        await lossy.PostAsync(5);
        lossy.Losing = false;

        lossy.ReadsFail = true;
        await lossy.PostAsync(1);
        await lossy.ReadFailed.UntilAsync(() => true);
        Assert.Empty(Read(feed).Ids);

        lossy.ReadsFail = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        await _news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == _store.All(Video)[^1].Id.Value);
        Assert.Equal(_store.All(Video).Select(comment => comment.Id.Value), Read(feed).Ids);
    }

    [Fact]
    public async Task More_missed_than_is_replayed_is_a_gap_for_those_who_watch()
    {
        var lossy = new LossyVideos(_videos);
        await using var feed = NewFeed(lossy, _time, replay: 200, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();
        await lossy.PostAsync(1);
        var (viewer, connection) = Viewer(feed);
        viewer.Pump();

        lossy.Losing = true;
        await lossy.PostAsync(500);
        lossy.Losing = false;
        await lossy.PostAsync(1);
        await _news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == _store.All(Video)[^1].Id.Value);
        viewer.Pump();

        var log = _store.All(Video);
        Assert.Equal(["comment", "gap"], connection.Events.Take(2).Select(item => item.EventType));
        Assert.Equal($$"""{"after":"{{log[0].Id}}","before":"{{log[^50].Id}}"}""", connection.Events[1].Data);
        Assert.Equal([log[0].Id.Value, .. log.TakeLast(50).Select(comment => comment.Id.Value)], connection.Ids);
    }

    [Fact]
    public async Task A_feed_that_could_not_open_opens_for_the_next_viewer()
    {
        await _videos.PostAsync(1);
        _time.Advance(TimeSpan.FromMinutes(3));
        await using var feed = NewFeed(_videos, _time);
        _store.BeforeRead = () => throw new CommentsUnavailableException("locked");
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => feed.PrepareAsync(null, 50).InTime());

        _store.BeforeRead = () => Task.CompletedTask;
        await feed.PrepareAsync(null, 50).InTime();
        Assert.Single(Read(feed).Ids);
    }

    private static RecordingConnection Read(CommentFeed feed, CommentId? after = null, int backlog = 50)
    {
        var (viewer, connection) = Viewer(feed, after, backlog);
        viewer.Pump();
        return connection;
    }

    private static (Viewer Viewer, RecordingConnection Connection) Viewer(CommentFeed feed, CommentId? after = null, int backlog = 50)
    {
        var connection = new RecordingConnection();
        return (new(connection, feed, feed.Begin(after, backlog), Metrics), connection);
    }

    /// <summary>Passes everything on, but for batches that it loses and reads that it lets fail.</summary>
    private sealed class LossyVideos(ILiveVideos inner) : ILiveVideos, ILiveVideoObserver
    {
        private ILiveVideoObserver? _observer;

        public bool Losing { get; set; }

        public bool ReadsFail { get; set; }

        public Signal ReadFailed { get; } = new();

        public List<CommentBatch> Batches { get; } = [];

        public Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft) => inner.PostAsync(liveVideoId, draft);

        public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
        {
            if (!ReadsFail) return await inner.ReadAsync(liveVideoId, before, limit);
            ReadFailed.Tell();
            throw new CommentsUnavailableException("away");
        }

        public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
        {
            _observer = observer;
            return await inner.SubscribeAsync(liveVideoId, this);
        }

        public void OnBatch(CommentBatch batch)
        {
            if (Losing) return;
            Batches.Add(batch);
            _observer!.OnBatch(batch);
        }
    }
}
