using System.Threading.Channels;
using LiveComments.WebFrontend.FanOut;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.FanOut;

/// <summary>What becomes of comments that come faster than the pace at which they are flushed.</summary>
public sealed class VideoHubTests : IAsyncLifetime, IDisposable
{
    private const int Replay = 200;

    private readonly ManualTime _time = new();
    private readonly InProcessLiveVideos _videos;
    private readonly RecordingConnection _connection = new();
    private readonly VideoHub _hub;

    public VideoHubTests()
    {
        _videos = Engine(new MemoryStore(), _time);
        _hub = new(Video, _videos, Replay, maxFlushInterval: TimeSpan.FromHours(1), new(PaceGoal.Cost, () => 0), _time, Log, Metrics);
    }

    public async Task InitializeAsync()
    {
        await _hub.Feed.PrepareAsync(null, backlog: 0).InTime();
        _hub.Add(new(_connection, _hub.Feed, _hub.Feed.Begin(null, backlog: 0), Metrics));
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    public void Dispose() => _videos.Dispose();

    [Fact]
    public async Task They_are_flushed_before_a_viewer_that_reads_them_in_time_would_miss_any()
    {
        // Dear enough that the next flush would come an hour later.
        _connection.Taking = () =>
        {
            _time.Advance(TimeSpan.FromHours(1));
            return default;
        };
        await _videos.PostAsync(1);
        _connection.Taking = () => default;
        await _videos.PostAsync(Replay / 2);
        Assert.Equal(1, _connection.Writes);

        await _videos.PostAsync(3 * Replay);
        Assert.DoesNotContain(_connection.Events, item => item.EventType == "gap");
        Assert.InRange(_connection.Ids.Count(), 1 + (3 * Replay), 1 + (Replay / 2) + (3 * Replay));
    }

    [Fact]
    public async Task They_are_written_outside_the_turns_of_the_video_or_what_a_viewer_is_waited_for_would_go_on_in_those()
    {
        var schedulers = SchedulersOfWrites();

        await _videos.PostAsync(1);

        Assert.Same(TaskScheduler.Default, await schedulers.ReadAsync().AsTask().InTime());
    }

    [Fact]
    public async Task So_they_are_if_whoever_brings_them_has_a_scheduler_of_its_own_as_grains_have()
    {
        var schedulers = SchedulersOfWrites();
        var turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var batch = new CommentBatch(CommentId.None, [new(new(1), Video, "Ada", "Hello")]);

        await Task.Factory.StartNew(() => _hub.Feed.OnBatch(batch), CancellationToken.None, TaskCreationOptions.None, turns).InTime();

        Assert.Same(TaskScheduler.Default, await schedulers.ReadAsync().AsTask().InTime());
    }

    [Fact]
    public async Task When_what_came_is_stale_those_end_who_pass_it_on_and_screens_stay()
    {
        var relay = new Viewer(new RecordingConnection(), _hub.Feed, _hub.Feed.Begin(null, backlog: 0), Metrics) { IsRelay = true };
        var screen = new Viewer(new RecordingConnection(), _hub.Feed, _hub.Feed.Begin(null, backlog: 0), Metrics);
        _hub.Add(screen);
        _hub.Add(relay);

        _hub.Feed.OnStale();

        await relay.Ended.InTime();
        Assert.True(relay.EndedAsStale);
        Assert.False(screen.Ended.IsCompleted);
    }

    private ChannelReader<TaskScheduler> SchedulersOfWrites()
    {
        var schedulers = Channel.CreateUnbounded<TaskScheduler>();
        _connection.Taking = () =>
        {
            schedulers.Writer.TryWrite(TaskScheduler.Current);
            return default;
        };
        return schedulers.Reader;
    }
}
