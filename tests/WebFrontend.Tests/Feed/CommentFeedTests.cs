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
        var reads = _store.Reads.Count;

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => feed.PrepareAsync(null, 50))).InTime();

        Assert.Equal(50, Read(feed, backlog: 50).Ids.Count());
        // And one of the settings, by the owner.
        Assert.Equal(reads + 2, _store.Reads.Count);
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
    public async Task Who_comes_from_a_node_that_was_ahead_is_sent_nothing_twice()
    {
        // Its owner is another that has not looked at the log again, or its upstream is behind.
        var behind = new LossyVideos(_videos);
        await using var feed = NewFeed(behind, _time);
        await feed.PrepareAsync(null, 50).InTime();
        behind.Losing = true;
        await behind.PostAsync(7);
        behind.Losing = false;
        var log = _store.All(Video);

        var (viewer, connection) = Viewer(feed, after: log[4].Id);
        var (other, others) = Viewer(feed, after: CommentId.None);
        viewer.Pump();
        foreach (var batch in (int[])[0, 3])
        {
            feed.OnBatch(new(batch == 0 ? CommentId.None : log[batch - 1].Id, [.. log.Skip(batch).Take(batch == 0 ? 3 : 9)]));
            other.Pump();
            viewer.Pump();
        }

        Assert.Equal(log.Select(comment => comment.Id.Value), others.Ids);
        Assert.Equal(log.Skip(5).Select(comment => comment.Id.Value), connection.Ids);
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
        await _time.WhileItFliesAsync(_news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == _store.All(Video)[^1].Id.Value));

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

    [Theory]
    [InlineData(typeof(CommentsUnavailableException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(InvalidCastException))]
    public async Task While_reads_fail_in_whatever_way_it_tries_again_until_nothing_is_missing(Type failure)
    {
        var lossy = new LossyVideos(_videos);
        await using var feed = NewFeed(lossy, _time, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();
        lossy.Losing = true;
        await lossy.PostAsync(5);
        lossy.Losing = false;

        lossy.ReadsFailWith = (Exception)Activator.CreateInstance(failure, "away", new IOException())!;
        await lossy.PostAsync(1);
        await _time.WhileItFliesAsync(lossy.ReadFailed.UntilAsync(() => true));
        Assert.Empty(Read(feed).Ids);

        lossy.ReadsFailWith = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        await _time.WhileItFliesAsync(_news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == _store.All(Video)[^1].Id.Value));
        Assert.Equal(_store.All(Video).Select(comment => comment.Id.Value), Read(feed).Ids);
    }

    [Fact]
    public async Task Batches_that_overtake_each_other_while_reads_fail_are_all_shown_in_order()
    {
        var lossy = new LossyVideos(_videos);
        await using var feed = NewFeed(lossy, _time, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();
        lossy.Losing = true;
        await lossy.PostAsync(3);
        lossy.Losing = false;
        var log = _store.All(Video);

        lossy.ReadsFailWith = new CommentsUnavailableException("away");
        feed.OnBatch(new(log[1].Id, [log[2]]));
        await _time.WhileItFliesAsync(lossy.ReadFailed.UntilAsync(() => true));
        feed.OnBatch(new(log[0].Id, [log[1]]));
        lossy.ReadsFailWith = null;
        _time.Advance(TimeSpan.FromSeconds(1));

        await _time.WhileItFliesAsync(_news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == log[^1].Id.Value));
        Assert.Equal(log.Select(comment => comment.Id.Value), Read(feed).Ids);
    }

    [Fact]
    public async Task What_was_missing_may_come_late_and_needs_no_read()
    {
        var (lossy, feed, log) = await FollowAndLoseAsync(3);
        await using var closing = feed;
        var reads = lossy.Reads;

        foreach (var late in new[] { 2, 1, 0 })
            feed.OnBatch(new(late == 0 ? CommentId.None : log[late - 1].Id, [log[late]]));
        await _time.WhileItFliesAsync(feed.PrepareAsync(CommentId.None, 50));

        Assert.Equal(log.Select(comment => comment.Id.Value), Read(feed).Ids);
        Assert.Equal((reads, 0), (lossy.Reads, lossy.Asked));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task The_owner_is_asked_for_what_does_not_come_and_the_log_is_read_if_that_does_not_have_it(bool ownerHasIt, int read)
    {
        var (lossy, feed, log) = await FollowAndLoseAsync(10);
        await using var closing = feed;
        lossy.OwnerHas = after => ownerHasIt ? new(after, [.. log.Where(comment => comment.Id > after)]) : new(log[^1].Id, []);
        var reads = lossy.Reads;

        feed.OnBatch(new(log[^2].Id, [log[^1]]));
        await _time.WhileItFliesAsync(_news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == log[^1].Id.Value));

        Assert.Equal(log.Select(comment => comment.Id.Value), Read(feed).Ids);
        Assert.Equal((reads + read, 1), (lossy.Reads, lossy.Asked));
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
        await _time.WhileItFliesAsync(_news.UntilAsync(() => Read(feed).Ids.LastOrDefault() == _store.All(Video)[^1].Id.Value));
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

    [Fact]
    public async Task Those_who_wait_for_an_owner_that_hangs_share_one_attempt_and_its_failure()
    {
        var (attempts, hanging) = (0, new TaskCompletionSource());
        var videos = new LossyVideos(_videos)
        {
            BeforeSubscribe = () =>
            {
                attempts++;
                return hanging.Task;
            },
        };
        await using var feed = NewFeed(videos, _time);
        var waiting = Enumerable.Range(0, 10).Select(_ => feed.PrepareAsync(null, 50)).ToList();

        hanging.SetException(new CommentsUnavailableException("It did not answer."));

        foreach (var viewer in waiting) await Assert.ThrowsAsync<CommentsUnavailableException>(() => viewer.InTime());
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task So_do_those_who_wait_for_a_read()
    {
        await _videos.PostAsync(100);
        _time.Advance(TimeSpan.FromMinutes(3));
        await using var feed = NewFeed(_videos, _time);
        await feed.PrepareAsync(null, backlog: 0).InTime();
        var (attempts, hanging) = (0, new TaskCompletionSource());
        _store.BeforeRead = () =>
        {
            attempts++;
            return hanging.Task;
        };
        var waiting = Enumerable.Range(0, 10).Select(_ => feed.PrepareAsync(null, 50)).ToList();

        hanging.SetException(new CommentsUnavailableException("It did not answer."));

        foreach (var viewer in waiting) await Assert.ThrowsAsync<CommentsUnavailableException>(() => viewer.InTime());
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Who_goes_waits_no_more_and_what_was_opened_for_nobody_is_closed_with_the_feed()
    {
        var opening = new TaskCompletionSource();
        var videos = new LossyVideos(_videos) { BeforeSubscribe = () => opening.Task };
        var feed = NewFeed(videos, _time);
        using var gone = new CancellationTokenSource();
        var waiting = feed.PrepareAsync(null, 50, gone.Token);
        Assert.True(feed.IsOpening);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.InTime());
        var closing = feed.DisposeAsync().AsTask();
        opening.SetResult();
        await closing.InTime();

        Assert.Equal(1, videos.Unsubscribed);
    }

    [Fact]
    public async Task A_feed_that_is_closed_reads_no_more()
    {
        var lossy = new LossyVideos(_videos);
        var feed = NewFeed(lossy, _time);
        await feed.PrepareAsync(null, 50).InTime();
        lossy.Losing = true;
        await lossy.PostAsync(5);
        lossy.Losing = false;
        lossy.ReadsFailWith = new CommentsUnavailableException("away");
        await lossy.PostAsync(1);
        await _time.WhileItFliesAsync(lossy.ReadFailed.UntilAsync(() => true));

        await feed.DisposeAsync();
        var reads = lossy.Reads;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(reads, lossy.Reads);
    }

    /// <summary>A feed that was not told of so many comments, which are the log.</summary>
    private async Task<(LossyVideos Videos, CommentFeed Feed, IReadOnlyList<Comment> Log)> FollowAndLoseAsync(int count)
    {
        var lossy = new LossyVideos(_videos);
        var feed = NewFeed(lossy, _time, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();
        lossy.Losing = true;
        await lossy.PostAsync(count);
        lossy.Losing = false;
        return (lossy, feed, _store.All(Video));
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
}
