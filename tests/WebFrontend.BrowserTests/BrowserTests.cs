using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>A test class with the browser and a server: the shared one, or one of its own after <see cref="RestartAsync"/>.</summary>
[Collection(Browser.Collection)]
public abstract class BrowserTests(Browser browser, SharedServer shared) : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private ServerProcess? _own;
    private CommentsClient? _client;

    /// <summary>The browser.</summary>
    protected Browser Browser => browser;

    /// <summary>A live video that nobody else uses.</summary>
    protected virtual string Video { get; } = $"regatta-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Where the server listens.</summary>
    protected Uri Server => _own?.Address ?? shared.Address;

    /// <summary>A client that speaks to the server directly.</summary>
    protected CommentsClient Client => _client ??= new(new(Server));

    /// <summary>Starts a server of the test's own with these settings; again at the same address where there was one.</summary>
    protected async Task RestartAsync(params IEnumerable<string> settings)
    {
        var address = _own?.Address ?? new Uri("http://127.0.0.1:0");
        if (_own is not null) await _own.DisposeAsync();
        _own = await _database.ServeAsync([$"--urls={address}", "--Limits:PostsPerSecond=0", .. settings]);
        _client?.Dispose();
        _client = null;
    }

    /// <summary>Ends the test's own server at once, as a power cut does.</summary>
    protected Task KillAsync() => _own!.KillAsync();

    /// <summary>Opens the watch page in a new window.</summary>
    protected async Task<Window> WatchAsync(string name = "Ada", BrowserNewContextOptions? options = null, string status = "live")
    {
        var window = await browser.OpenAsync(options);
        await window.WatchAsync(Server, Video, name, status: status);
        return window;
    }

    /// <inheritdoc/>
    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_own is not null) await _own.DisposeAsync();
        _database.Dispose();
    }
}
