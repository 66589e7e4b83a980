using Xunit.Abstractions;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Many tabs of one browser, which has six connections to a server at most.</summary>
public sealed class TabsTests(Browser browser, SharedServer shared, ITestOutputHelper output) : BrowserTests(browser, shared)
{
    private const int Count = 10;
    private const string NoLocks = "delete Navigator.prototype.locks";

    /// <summary>Ten times what is asked for: it finds what waits, not a slow machine.</summary>
    private const double MaxSpreadMs = 2_000;

    [Fact]
    public async Task Ten_tabs_of_one_video_share_a_stream_and_each_sees_and_posts()
    {
        await using var tabs = await Tabs.OpenAsync(Browser);
        var windows = new List<Window>();
        for (var i = 0; i < Count; i++) windows.Add(await tabs.WatchAsync(Server, Video));
        Assert.Equal(1, tabs.OpenStreams);

        for (var i = 0; i < Count; i++)
        {
            var seen = windows.ConvertAll(window => SeenAtAsync(window, $"From tab {i}"));
            await windows[i].SayAsync($"From tab {i}");
            var times = await Task.WhenAll(seen);
            output.WriteLine($"From tab {i}: within {times.Max() - times.Min():0} ms");
            Assert.InRange(times.Max() - times.Min(), 0, MaxSpreadMs);
        }

        var history = (await Client.HistoryAsync(Video)).Select(comment => comment.Id);
        foreach (var window in windows) Assert.Equal(history, await window.IdsAsync());
    }

    [Fact]
    public async Task Ten_tabs_of_ten_videos_all_load_see_and_post()
    {
        await using var tabs = await Tabs.OpenAsync(Browser);
        var windows = new List<Window>();
        for (var i = 0; i < Count; i++) windows.Add(await tabs.WatchAsync(Server, $"{Video}-{i}"));
        Assert.InRange(tabs.OpenStreams, 1, 4);

        for (var i = 0; i < Count; i++)
        {
            var seen = SeenAtAsync(windows[i], "From elsewhere");
            var before = DateTimeOffset.UtcNow;
            await Client.PostAsync($"{Video}-{i}", "From elsewhere");
            output.WriteLine($"Video {i}: after {await seen - before.ToUnixTimeMilliseconds():0} ms");
            await windows[i].SayAsync($"From tab {i}");
            await windows[i].SeesAsync($"From tab {i}");
        }

        for (var i = 0; i < Count; i++)
            Assert.Equal((await Client.HistoryAsync($"{Video}-{i}")).Select(comment => comment.Id), await windows[i].IdsAsync());
    }

    [Theory]
    [InlineData("closes")]
    [InlineData("crashes")]
    [InlineData("is frozen")]
    [InlineData("hangs")]
    [InlineData("is hidden")]
    public async Task When_the_leader_goes_another_takes_over_without_loss_or_repeat(string how)
    {
        await using var tabs = await Tabs.OpenAsync(Browser);
        var leader = await tabs.WatchAsync(Server, Video);
        var follower = await tabs.WatchAsync(Server, Video);
        var last = await tabs.WatchAsync(Server, Video);
        using var enough = new CancellationTokenSource();
        var posting = PostAsync();
        await follower.Comments.Nth(20).WaitForAsync();

        var takesOver = tabs.NextStreamAsync().InTime();
        var going = GoAsync(leader, how);
        await takesOver;
        var afterwards = await Client.PostAsync(Video, "Afterwards");
        await follower.SeesAsync(afterwards.Message);
        await last.SeesAsync(afterwards.Message);
        await enough.CancelAsync();
        await posting;
        var end = await Client.PostAsync(Video, "The end");

        foreach (var window in new[] { follower, last })
        {
            await window.SeesAsync(end.Message);
            var history = (await Client.HistoryAsync(Video)).Select(comment => comment.Id);
            Assert.Equal(history.TakeLast(200), (await window.IdsAsync()).TakeLast(200));
            await Assertions.Expect(window.Page.Locator(".hole")).ToHaveCountAsync(0);
        }

        if (how == "crashes") leader.Expect("crash");
        await going.ContinueWith(_ => { }, TaskScheduler.Default);
        if (how is not ("closes" or "crashes")) await ComesBackAsync();

        async Task ComesBackAsync()
        {
            await GoAsync(leader, how, back: true);
            await leader.SeesAsync(end.Message);
            var history = (await Client.HistoryAsync(Video)).Select(comment => comment.Id);
            Assert.Equal(history.TakeLast(200), (await leader.IdsAsync()).TakeLast(200));
            await Eventually(() => tabs.OpenStreams == 1);
            await Client.PostAsync(Video, "Welcome back");
            foreach (var window in new[] { leader, follower, last }) await window.SeesAsync("Welcome back");
        }

        async Task PostAsync()
        {
            // Not so fast that only a sample is shown.
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
            while (!enough.IsCancellationRequested && await pace.WaitForNextTickAsync()) await Client.PostAsync(Video);
        }
    }

    [Theory]
    [InlineData("/* nothing */")]
    [InlineData(NoLocks)]
    public async Task Hidden_tabs_of_many_videos_let_go_of_their_streams_and_miss_nothing(string missing)
    {
        await using var tabs = await Tabs.OpenAsync(Browser);
        var windows = new List<Window>();
        for (var i = 0; i < Count; i++)
        {
            var window = await tabs.NewAsync();
            await window.Page.Clock.InstallAsync();
            await window.Page.AddInitScriptAsync(missing);
            await window.WatchAsync(Server, $"{Video}-{i}");
            windows.Add(window);
            await window.Page.EvaluateAsync(Script.Named("show-page"), false);
            await window.Page.Clock.FastForwardAsync("00:11");
        }

        await Eventually(() => tabs.OpenStreams == 0);
        await Client.PostManyAsync($"{Video}-3", 70);
        await windows[3].Page.EvaluateAsync(Script.Named("show-page"), true);

        await Assertions.Expect(windows[3].Comments).ToHaveCountAsync(70);
        Assert.Equal((await Client.HistoryAsync($"{Video}-3")).Select(comment => comment.Id), await windows[3].IdsAsync());
        Assert.Equal(1, tabs.OpenStreams);
    }

    [Theory]
    [InlineData(NoLocks)]
    [InlineData("delete globalThis.BroadcastChannel")]
    [InlineData("navigator.locks.request = async () => { throw new DOMException('', 'SecurityError'); }")]
    public async Task Tabs_that_can_share_nothing_have_streams_of_their_own(string missing)
    {
        await using var tabs = await Tabs.OpenAsync(Browser);
        var windows = new List<Window>();
        for (var i = 0; i < 3; i++) windows.Add(await tabs.WatchAsync(Server, Video, script: missing));

        await windows[0].SayAsync("Hello");

        foreach (var window in windows) await window.SeesAsync("Hello");
        Assert.Equal(3, tabs.OpenStreams);
        // Nor do they take turns.
        Assert.Equal(3, tabs.StreamsBegun);
    }

    [Fact]
    public async Task A_tab_that_waits_for_its_guest_keeps_no_other_from_posting()
    {
        await using var tabs = await Tabs.OpenAsync(Browser);
        var stuck = await tabs.WatchAsync(Server, Video);
        var other = await tabs.WatchAsync(Server, Video);
        var asked = new TaskCompletionSource();
        await stuck.Page.RouteAsync("**/guests", _ => asked.TrySetResult());
        await stuck.SayAsync("From a tab without an answer");
        await asked.Task.InTime();

        await other.SayAsync("From another");

        await other.SeesAsync("From another");
    }

    private static async Task GoAsync(Window window, string how, bool back = false)
    {
        switch (how)
        {
            case "closes":
                await window.Page.CloseAsync();
                break;
            case "crashes":
                await window.Page.GotoAsync("chrome://crash");
                break;
            case "is frozen":
                // The browser freezes what is out of sight alone, when it likes.
                await window.Page.EvaluateAsync("type => document.dispatchEvent(new Event(type))", back ? "resume" : "freeze");
                break;
            case "hangs" when !back:
                await window.Page.EvaluateAsync("() => { const until = Date.now() + 8_000; while (Date.now() < until); }");
                break;
            case "is hidden":
                await window.Page.EvaluateAsync(Script.Named("show-page"), back);
                break;
        }
    }

    /// <summary>When a window has the comment with this text, by the clock of the machine.</summary>
    private static Task<double> SeenAtAsync(Window window, string message) =>
        window.Page.EvaluateAsync<double>(Script.Named("seen-at"), message).InTime();

    private static async Task Eventually(Func<bool> condition)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (!condition()) await pace.WaitForNextTickAsync(limit.Token);
    }
}
