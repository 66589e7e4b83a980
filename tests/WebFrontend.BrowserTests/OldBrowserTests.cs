namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Browsers that lack what newer ones have.</summary>
public sealed class OldBrowserTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private const string TooOld = "This browser is too old for live comments: they need one of 2022 or later.";

    [Theory]
    [InlineData("delete AbortSignal.any; delete AbortSignal.timeout;")]
    [InlineData("delete Intl.Segmenter;")]
    [InlineData("delete window.TextDecoderStream;")]
    [InlineData("delete window.IntersectionObserver; delete window.ResizeObserver;")]
    [InlineData("delete String.prototype.toWellFormed; delete Array.prototype.findLast; delete Array.prototype.at;")]
    [InlineData("delete HTMLFormElement.prototype.requestSubmit; delete window.structuredClone; delete Object.hasOwn;")]
    [InlineData("delete Element.prototype.animate; delete Element.prototype.requestFullscreen;")]
    [InlineData("for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw name; } });")]
    public async Task No_missing_interface_stops_the_page(string missing)
    {
        await using var window = await Browser.OpenAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await window.Page.AddInitScriptAsync(missing);
        await window.Page.GotoAsync(new Uri(Server, $"/videos/{Video}").ToString());
        await window.LiveAsync();

        await window.Page.GetByLabel("Name").FillAsync("Ada");
        await window.SayAsync("Hello from 2022");

        await window.SeesAsync("Hello from 2022");
        var other = await Client.PostAsync(Video, "Hello from today");
        await window.SeesAsync(other.Message);
    }

    [Theory]
    [InlineData("delete window.fetch")]
    [InlineData("delete window.ReadableStream")]
    public async Task A_browser_that_is_too_old_says_so(string missing)
    {
        await using var window = await Browser.OpenAsync();
        window.Expect("This browser lacks");
        await window.Page.AddInitScriptAsync(missing);
        await window.Page.GotoAsync(new Uri(Server, $"/videos/{Video}").ToString());

        await Assertions.Expect(window.Page.Locator(".connection-label")).ToHaveTextAsync(TooOld);
    }

    [Theory]
    [InlineData("videos", "")]
    [InlineData("embed", "?as=overlay")]
    public async Task One_that_cannot_read_the_scripts_is_told_so_too(string page, string form)
    {
        await using var window = await Browser.OpenAsync();
        window.Expect("SyntaxError");
        await window.Page.RouteAsync(
            "**/client.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "class @" }));
        await window.Page.GotoAsync(new Uri(Server, $"/{page}/{Video}{form}").ToString());

        await window.Page.GetByText(TooOld).WaitForAsync();
    }

    [Fact]
    public async Task A_page_that_is_not_loaded_whole_says_what_to_do()
    {
        await using var window = await Browser.OpenAsync();
        await window.Page.RouteAsync("**/watch/timeline.js", route => route.AbortAsync());
        await window.Page.GotoAsync(new Uri(Server, $"/videos/{Video}").ToString());

        await Assertions.Expect(window.Page.Locator(".connection-label")).ToHaveTextAsync(
            "This page could not be loaded whole. Please load it again.");
    }
}
