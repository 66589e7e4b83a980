using Xunit.Abstractions;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Pages that come back: from the background, from sleep, into another network. Their streams may be dead, and say nothing.
/// </summary>
public sealed class ReturnTests(Browser browser, SharedServer shared, ITestOutputHelper output) : BrowserTests(browser, shared)
{
    private const string FromBackground = "() => document.dispatchEvent(new Event('visibilitychange'))";
    private const string ToAnotherNetwork = "() => navigator.connection.dispatchEvent(new Event('change'))";
    private const string FromSleep = "() => { const now = Date.now; Date.now = () => now() + 20_000; }";
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
        await using var window = await Browser.OpenAsync();
        await window.WatchAsync(proxy.Address, Video);
        proxy.GoSilent();
        var missed = await Client.PostAsync(Video, "While it was dead");

        var again = window.Page.WaitForRequestAsync(request => request.Url.Contains("/stream", StringComparison.Ordinal));
        var before = DateTimeOffset.UtcNow;
        await window.Page.EvaluateAsync(comesBack);
        await again;
        output.WriteLine($"noticed after {(DateTimeOffset.UtcNow - before).TotalMilliseconds:0} ms");

        await window.SeesAsync(missed.Message);
        await Assertions.Expect(window.Comments).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Where_nothing_can_be_reached_the_page_does_not_say_that_it_is_live()
    {
        await using var proxy = SilentProxy.Start(Server);
        await using var window = await Browser.OpenAsync();
        await window.WatchAsync(proxy.Address, Video);
        proxy.GoSilent(all: true);

        var before = DateTimeOffset.UtcNow;
        await window.Page.EvaluateAsync(FromBackground);
        await window.StatusAsync("reconnecting");
        output.WriteLine($"noticed after {(DateTimeOffset.UtcNow - before).TotalMilliseconds:0} ms");
    }
}
