namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>One browser for all tests; each test has windows of its own in it.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>The name of the collection whose tests share it, one after the other.</summary>
    public const string Collection = "browser";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Path,
            // Root may not have the sandbox.
            Args = ["--no-sandbox", "--enable-precise-memory-info", "--disable-background-networking"],
        });
    }

    /// <summary>Opens a window that shares nothing with others.</summary>
    public async Task<Window> OpenAsync(BrowserNewContextOptions? options = null) =>
        new(await (await NewContextAsync(options)).NewPageAsync());

    /// <summary>Opens a profile whose windows share what a browser's tabs share.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.ViewportSize ??= ScreenSize.Desktop;
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        return context;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>Makes the browser, and the server that tests share, known to them.</summary>
[CollectionDefinition(Browser.Collection)]
public sealed class BrowserCollection : ICollectionFixture<Browser>, ICollectionFixture<SharedServer>;
