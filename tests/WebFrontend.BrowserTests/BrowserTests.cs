using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>A test class with a server of its own, on a database of its own, and the browser.</summary>
[Collection(Browser.Collection)]
public abstract class BrowserTests(Browser browser) : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private ServerProcess? _server;
    private CommentsClient? _client;

    /// <summary>The browser.</summary>
    protected Browser Browser => browser;

    /// <summary>A live video that nobody else uses.</summary>
    protected string Video { get; } = CommentsClient.NewVideo();

    /// <summary>Where the server listens.</summary>
    protected Uri Server => _server!.Address;

    /// <summary>A client that speaks to the server directly.</summary>
    protected CommentsClient Client => _client!;

    /// <summary>Starts the server with these settings instead of the one that runs, at the same address.</summary>
    protected async Task RestartAsync(params IEnumerable<string> settings)
    {
        var address = Server;
        await _server!.DisposeAsync();
        _server = await _database.ServeAsync([$"--urls={address}", "--Limits:PostsPerSecond=0", .. settings]);
    }

    /// <summary>Ends the server at once, as a power cut does.</summary>
    protected Task KillAsync() => _server!.KillAsync();

    /// <summary>Opens the watch page in a new window.</summary>
    protected async Task<Window> WatchAsync(string name = "Ada", BrowserNewContextOptions? options = null)
    {
        var window = await browser.OpenAsync(options);
        await window.WatchAsync(Server, Video, name);
        return window;
    }

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        if (Chromium.ReasonToSkip is not null) return;
        _server = await _database.ServeAsync("--Limits:PostsPerSecond=0");
        _client = new(new(_server.Address));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _database.Dispose();
    }
}
