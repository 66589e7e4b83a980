using System.Collections.Concurrent;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Tabs of one browser: they share connections, storage and locks. Disposing of it closes them, and fails where one had an error.
/// </summary>
public sealed class Tabs : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentDictionary<Microsoft.Playwright.IRequest, bool> _streams = [];
    private readonly List<Window> _windows = [];
    private TaskCompletionSource _nextStream = new();
    private int _streamsBegun;

    private Tabs(IBrowserContext context)
    {
        _context = context;
        context.Request += (_, request) =>
        {
            if (!new Uri(request.Url).AbsolutePath.EndsWith("/stream", StringComparison.Ordinal)) return;
            _streams[request] = true;
            Interlocked.Increment(ref _streamsBegun);
            _nextStream.TrySetResult();
        };
        context.RequestFinished += (_, request) => _streams.TryRemove(request, out bool _);
        context.RequestFailed += (_, request) => _streams.TryRemove(request, out bool _);
    }

    /// <summary>The open streams of all tabs.</summary>
    public int OpenStreams => _streams.Count;

    /// <summary>How many streams all tabs have begun since the browser was opened.</summary>
    public int StreamsBegun => Volatile.Read(ref _streamsBegun);

    /// <summary>Ends when any tab opens its next stream.</summary>
    public Task NextStreamAsync()
    {
        _nextStream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _nextStream.Task;
    }

    /// <summary>Opens a browser without tabs.</summary>
    public static async Task<Tabs> OpenAsync(Browser browser) => new(await browser.NewContextAsync());

    /// <summary>Opens one more tab with a video's watch page, and waits until it is live.</summary>
    public async Task<Window> WatchAsync(Uri server, string video, string name = "Ada", string? script = null)
    {
        var window = await NewAsync();
        if (script is not null) await window.Page.AddInitScriptAsync(script);
        await window.WatchAsync(server, video, name);
        return window;
    }

    /// <summary>Opens an empty tab.</summary>
    public async Task<Window> NewAsync()
    {
        var window = new Window(await _context.NewPageAsync());
        _windows.Add(window);
        return window;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var window in _windows) await window.DisposeAsync();
        await _context.CloseAsync();
    }
}
