using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Hours at fifty comments a second, by a clock that the test turns; <c>LIVECOMMENTS_NIGHT_HOURS</c> says how many. In the background it
/// is half as many. The bounds are ten times what is seen on an idle machine: they find what grows or stalls.
/// </summary>
public sealed class NightTests(Browser browser, SharedServer shared, ITestOutputHelper output) : BrowserTests(browser, shared)
{
    private const double MaxHeapGrowthMegabytes = 10;
    private const int MaxRows = 310;
    private const double MaxMedianFrameMs = 250;

    private static readonly int Hours = Environment.GetEnvironmentVariable("LIVECOMMENTS_NIGHT_HOURS") is { Length: > 0 } value
        ? int.Parse(value, CultureInfo.InvariantCulture)
        : 2;

    [Fact]
    public async Task Hours_leave_the_memory_as_it_was_and_the_page_moving()
    {
        var context = await Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await using var window = await WatchAsync(context);

        await LetHoursPassAsync(window, 1);
        var heap = await HeapAsync(window);
        await LetHoursPassAsync(window, Hours - 1);
        var growth = await HeapAsync(window) - heap;

        await JudgeAsync(window, window, heap, growth);
    }

    /// <summary>Alone it would hear nothing: another tab of the video in sight tells it all.</summary>
    [Fact]
    public async Task Hours_in_the_background_do_so_too()
    {
        var context = await Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await using var inSight = await WatchAsync(context);
        await using var window = await WatchAsync(context);
        await window.Page.EvaluateAsync(Script.Named("note-heard"), new Uri(Server, $"/comments/{Video}/stream").ToString());
        await ShowAsync(window, false);

        // Two tabs take several times as long as one.
        var half = Hours / 4.0;
        await LetHoursPassAsync(inSight, half);
        await HearsAllAsync(window, inSight);
        var heap = await HeapAsync(window);
        await LetHoursPassAsync(inSight, half);
        await HearsAllAsync(window, inSight);
        var growth = await HeapAsync(window) - heap;

        await ShowAsync(window, true);
        await JudgeAsync(window, inSight, heap, growth);
    }

    private async Task<Window> WatchAsync(IBrowserContext context)
    {
        var window = new Window(await context.NewPageAsync());
        await window.Page.AddInitScriptAsync(Script.Named("feed"));
        await window.WatchAsync(Server, Video);
        return window;
    }

    private async Task JudgeAsync(Window window, Window source, double heap, double growth)
    {
        await window.Page.EvaluateAsync(Script.Named("watch-frames"));
        // Fifty a second, as they come.
        await source.Page.EvaluateAsync(
            "async () => { for (let i = 0; i < 300; i++) { window.feed(1); await new Promise(requestAnimationFrame); } }");
        await window.SeesAsync(await source.Page.EvaluateAsync<string>("() => window.lastFed"));
        var frames = await window.Page.EvaluateAsync<JsonElement>("() => window.endFrames()");
        output.WriteLine($"heap {heap:0.0} MB at first, {growth:+0.0;-0.0} MB later; {frames}");
        Assert.InRange(growth, double.MinValue, MaxHeapGrowthMegabytes);
        Assert.InRange(frames.GetProperty("mostRows").GetInt32(), 1, MaxRows);
        Assert.InRange(frames.GetProperty("median").GetDouble(), 0, MaxMedianFrameMs);
    }

    private static async Task LetHoursPassAsync(Window window, double hours) =>
        await window.Page.EvaluateAsync(Script.Named("let-hours-pass"), hours);

    private static async Task HearsAllAsync(Window window, Window source) => await window.Page.WaitForFunctionAsync(
        "last => window.heard === last",
        await source.Page.EvaluateAsync<string>("() => window.lastFed"),
        // It has no frames to look in.
        new() { PollingInterval = 50, Timeout = 300_000 });

    private static async Task ShowAsync(Window window, bool shown) => await window.Page.EvaluateAsync(Script.Named("show-page"), shown);

    private static async Task<double> HeapAsync(Window window)
    {
        var devTools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await devTools.SendAsync("HeapProfiler.collectGarbage");
        return await window.Page.EvaluateAsync<double>("() => performance.memory.usedJSHeapSize / 2 ** 20");
    }
}
