using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveComments.Firehose.Tests;

/// <summary>A process that owns videos and sends their entries, without the process: all its parts, on a store that it may share.</summary>
internal sealed class HoseNode : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly IHostedService _host;

    public HoseNode(ICommentStore store, IFirehoseReceiver receiver, TimeProvider? time = null, Action<FirehoseOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Lines));
        services.AddMetrics();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddKeyedSingleton(
            CommentMetrics.MeterName, (provider, name) => provider.GetRequiredService<IMeterFactory>().Create((string)name!));
        services.AddSingleton<CommentMetrics>();
        services.AddSingleton<ICommentStore>(new KeptStore(store));
        services.AddSingleton(receiver);
        services.AddFirehose();
        services.Configure<FirehoseOptions>(options =>
        {
            options.Videos = ["*"];
            options.PositionSeconds = 1;
            configure?.Invoke(options);
        });
        _provider = services.BuildServiceProvider();
        Store = _provider.GetRequiredService<ICommentStore>();
        Videos = new(Store, new(), time ?? TimeProvider.System, _provider.GetRequiredService<CommentMetrics>());
        _host = _provider.GetServices<IHostedService>().Single();
    }

    public ICommentStore Store { get; }

    public InProcessLiveVideos Videos { get; }

    /// <summary>The lines that it logs.</summary>
    public LogLines Lines { get; } = new();

    public FirehoseStatus Status => _provider.GetRequiredService<IFirehoseStatus>().Current;

    public async Task<HoseNode> BeginAsync()
    {
        await _host.StartAsync(default);
        return this;
    }

    /// <summary>Posts comments one after the other, and gives their ids.</summary>
    public async Task<List<long>> PostAsync(LiveVideoId video, int count)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
        {
            var outcome = await Videos.PostAsync(video, Drafts.Draft($"{i}")).InTime();
            Assert.Equal(PostStatus.Accepted, outcome.Status);
            ids.Add(outcome.Comment!.Id.Value);
        }

        return ids;
    }

    /// <summary>Ends it as a process does that is told to.</summary>
    public async Task StopAsync() => await _host.StopAsync(default).InTime();

    public async ValueTask DisposeAsync()
    {
        Videos.Dispose();
        await _provider.DisposeAsync();
    }

    /// <summary>A store that outlives the node.</summary>
    private sealed class KeptStore(ICommentStore store) : ICommentStore
    {
        public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries) =>
            store.AppendAsync(liveVideoId, expectedLast, entries);

        public Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
            store.ReadBeforeAsync(liveVideoId, before, limit);

        public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => store.FindAsync(liveVideoId, id);

        public Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to) =>
            store.FindByAuthorAsync(liveVideoId, author, from, to);

        public IAsyncEnumerable<LiveVideoId> FindVideosAsync(AuthorId author, CancellationToken cancellation = default) =>
            store.FindVideosAsync(author, cancellation);

        public Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal) =>
            store.EraseAsync(liveVideoId, comments, removal);

        public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) => store.ReadTailAsync(liveVideoId, keysFrom);
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
