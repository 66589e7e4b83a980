using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The Orleans Dashboard of a silo that serves no viewers, and of a frontend with a password, as an operator sees it.</summary>
[Collection(Browser.Collection)]
public sealed class DashboardTests(Browser browser) : IAsyncLifetime
{
    /// <summary>An error of the dashboard's own script, while a silo has not counted anything yet.</summary>
    public const string NotCountedYet = "Cannot read properties of undefined";

    private const string Password = "correct horse: battery";

    private readonly SmallCluster _cluster = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task It_shows_the_silo_and_the_live_videos_on_it()
    {
        var silo = await _cluster.StartAsync("silo");
        var frontend = await _cluster.StartAsync("frontend", $"--Operations:Password={Password}");
        using var client = new CommentsClient(new(frontend.Address));
        foreach (var video in new[] { "harbour-regatta", "evening-news", "north-pier" }) await client.PostManyAsync(video, 3);

        await ShowsAllAsync(silo.Address, credentials: null);
        await ShowsAllAsync(frontend.Address, new() { Username = "ops", Password = Password });
    }

    private async Task ShowsAllAsync(Uri address, HttpCredentials? credentials)
    {
        // An error on the console, such as what the Content-Security-Policy forbids, fails when the window is disposed of.
        await using var window = await browser.OpenAsync(new() { HttpCredentials = credentials });
        window.Expect(NotCountedYet);
        var failures = new ConcurrentQueue<string>();
        window.Page.Response += (_, response) =>
        {
            // A browser gives the password when it has been asked for it.
            if (response.Status >= 400 && response.Status != 401) failures.Enqueue($"{response.Status} {response.Url}");
        };
        await window.Page.GotoAsync(new Uri(address, "/dashboard").ToString());
        var main = window.Page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync(new Regex(@"Active Silos\s*1\D", RegexOptions.IgnoreCase));

        await OpenAsync("Grains");
        var videos = main.GetByRole(AriaRole.Row).Filter(new() { HasText = "LiveVideoGrain" });
        await Assertions.Expect(videos.GetByRole(AriaRole.Cell).Nth(2)).ToHaveTextAsync(new Regex(@"^\s*3\s*$"));
        await OpenAsync("Silos");
        await main.GetByRole(AriaRole.Link, new() { NameRegex = new("^127[.]0[.]0[.]1:") }).First.ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("Silo Properties");
        await Assertions.Expect(main).ToContainTextAsync("LiveVideoGrain");
        // The page that writes styles of its own.
        await OpenAsync("Lifecycle");
        await main.Locator("svg style").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await OpenAsync("Preferences");
        await Assertions.Expect(main).ToContainTextAsync("saved locally");
        Assert.Empty(failures);

        Task OpenAsync(string page) => window.Page.GetByLabel("Dashboard navigation").GetByText(page, new() { Exact = true }).ClickAsync();
    }
}
