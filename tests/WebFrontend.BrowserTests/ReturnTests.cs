namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Pages that come back: from the background, from sleep, into another network. Their streams may be dead, and say nothing.
/// </summary>
public sealed class ReturnTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    /// <summary>By the page's clock, which the test turns: the silence that every stream notices takes longer.</summary>
    private const int NoticedWithinMs = 3_000;

    private const string FromBackground = "() => document.dispatchEvent(new Event('visibilitychange'))";
    private const string ToAnotherNetwork = "() => navigator.connection.dispatchEvent(new Event('change'))";
    private const string FromSleep = "the machine sleeps";
    private const string FromTheCache =
        "() => ['pagehide', 'pageshow'].forEach(type => dispatchEvent(new PageTransitionEvent(type, { persisted: true })))";

    [Theory]
    [InlineData(FromBackground)]
    [InlineData(ToAnotherNetwork)]
    [InlineData(FromSleep)]
    [InlineData(FromTheCache)]
    public async Task A_stream_that_has_died_meanwhile_is_left_and_nothing_is_missed(string comesBack)
    {
        await using var proxy = SilentProxy.Start(Server);
        await using var window = await OpenAsync(proxy);
        proxy.GoSilent();
        var missed = await Client.PostAsync(Video, "While it was dead");

        var again = window.Page.WaitForRequestAsync(request => request.Url.Contains("/stream", StringComparison.Ordinal));
        await ComeBackAsync(window, comesBack);
        await again;

        await window.Page.Clock.ResumeAsync();
        await window.SeesAsync(missed.Message);
        await Assertions.Expect(window.Comments).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Where_nothing_can_be_reached_the_page_does_not_say_that_it_is_live()
    {
        await using var proxy = SilentProxy.Start(Server);
        await using var window = await OpenAsync(proxy);
        proxy.GoSilent(all: true);

        await ComeBackAsync(window, FromBackground);

        await window.StatusAsync("reconnecting");
    }

    /// <summary>Opens a page that is live, and stops its clock.</summary>
    private async Task<Window> OpenAsync(SilentProxy proxy)
    {
        var window = await Browser.OpenAsync();
        await window.Page.Clock.InstallAsync();
        await window.WatchAsync(proxy.Address, Video);
        await window.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddSeconds(1));
        return window;
    }

    private static async Task ComeBackAsync(Window window, string how)
    {
        // Not so long that the silence alone would tell.
        if (how == FromSleep) await window.Page.Clock.FastForwardAsync(20_000);
        else await window.Page.EvaluateAsync(how);
        await window.Page.Clock.RunForAsync(NoticedWithinMs);
    }
}
