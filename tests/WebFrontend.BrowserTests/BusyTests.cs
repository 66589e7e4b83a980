using System.Text.Json;
using Xunit.Abstractions;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Chats that go faster than one reads. The bounds are ten times what is seen on an idle machine: they find what grows or stalls.
/// </summary>
public sealed class BusyTests(Browser browser, SharedServer shared, ITestOutputHelper output) : BrowserTests(browser, shared)
{
    private const int MaxRows = 310;
    private const double MaxMedianFrameMs = 250;
    private const double MaxHeapGrowthMegabytes = 30;

    [Fact]
    public async Task Fifty_comments_a_second_for_twenty_seconds_keep_the_page_bounded_and_moving()
    {
        // Before it looks: of so many at once it would show a sample, and how many that is depends on the machine.
        await Client.PostManyAsync(Video, 400);
        await using var window = await WatchAsync(options: new() { ReducedMotion = ReducedMotion.NoPreference });
        await window.Comments.First.WaitForAsync();
        var heapBefore = await HeapAsync(window);
        await window.Page.EvaluateAsync(Script.Named("watch-frames"));

        PostedComment last = null!;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 1_000 && await pace.WaitForNextTickAsync(); i++) last = await Client.PostAsync(Video, $"Comment {i} of many");
        await window.SeesAsync(last.Message);

        var frames = await window.Page.EvaluateAsync<JsonElement>("() => window.endFrames()");
        var heapGrowth = await HeapAsync(window) - heapBefore;
        output.WriteLine($"{frames}, heap {heapGrowth:+0.0;-0.0} MB");
        Assert.InRange(frames.GetProperty("mostRows").GetInt32(), 300, MaxRows);
        Assert.InRange(frames.GetProperty("median").GetDouble(), 0, MaxMedianFrameMs);
        Assert.InRange(heapGrowth, double.MinValue, MaxHeapGrowthMegabytes);
        var history = await Client.HistoryAsync(Video);
        Assert.Equal(history.TakeLast(300).Select(comment => comment.Id), await window.IdsAsync());
    }

    [Fact]
    public async Task Where_more_comes_than_one_can_read_a_sample_is_shown_and_a_pause_shows_all()
    {
        await using var window = await WatchAsync();
        using var enough = new CancellationTokenSource();
        var talking = TalkAsync();

        await Assertions.Expect(window.Page.Locator(".sample")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex(@"^Showing \d+ of [\d,]+ a second$"));
        await enough.CancelAsync();
        await talking;
        var last = await Client.PostAsync(Video, "The last of all");
        await window.SeesAsync(last.Message);
        await Assertions.Expect(window.Page.Locator(".sample")).ToBeHiddenAsync();

        await window.Page.EvaluateAsync("() => { document.querySelector('.log').scrollTop -= 200; }");
        await Assertions.Expect(window.ToLatest).ToBeVisibleAsync();
        var history = (await Client.HistoryAsync(Video)).Select(comment => comment.Id).ToList();
        var shown = await window.IdsAsync();
        Assert.InRange(shown.Length, 100, MaxRows);
        Assert.Equal(history.SkipWhile(id => id != shown[0]).Take(shown.Length), shown);

        async Task TalkAsync()
        {
            while (!enough.IsCancellationRequested) await Client.PostManyAsync(Video, 100);
        }
    }

    private static async Task<double> HeapAsync(Window window)
    {
        var devTools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await devTools.SendAsync("HeapProfiler.collectGarbage");
        return await window.Page.EvaluateAsync<double>("() => performance.memory.usedJSHeapSize / 2 ** 20");
    }
}
