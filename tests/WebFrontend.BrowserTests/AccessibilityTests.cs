namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The pages without eyes, without a mouse, and with eyes that need contrast.</summary>
public sealed class AccessibilityTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Theory]
    [InlineData("/videos/", ColorScheme.Light)]
    [InlineData("/videos/", ColorScheme.Dark)]
    [InlineData("/embed/", ColorScheme.Light)]
    [InlineData("/embed/", ColorScheme.Dark)]
    [InlineData("/ops", ColorScheme.Light)]
    [InlineData("/ops", ColorScheme.Dark)]
    public async Task Everything_has_a_name_a_role_and_enough_contrast(string path, ColorScheme scheme)
    {
        // Many authors, so that many of the colours that there can be are seen.
        foreach (var i in Enumerable.Range(0, 40)) await Client.PostAsync(Video, $"Comment {i}", author: $"Author {i}");
        using var refused = await Client.SendAsync(Video, CommentsClient.Body("", ""));
        await using var window = await Browser.OpenAsync(new() { ColorScheme = scheme });
        await window.Page.GotoAsync(new Uri(Server, path == "/ops" ? path : path + Video).ToString());
        if (path == "/ops") await window.Page.GetByText("Post: not valid").WaitForAsync();
        else await window.SeesAsync("Comment 39");

        // Its own colours, too, are to be seen.
        if (path == "/videos/")
        {
            await window.SayAsync("");
            await window.Page.GetByText("Please tell your name first.").WaitForAsync();
        }

        Assert.Empty(await window.Page.EvaluateAsync<string[]>(Script.Named("find-faults")));
    }

    [Fact]
    public async Task The_tab_key_goes_through_the_watch_page_in_the_order_of_reading()
    {
        await Client.PostAsync(Video, "Hello");
        await using var window = await WatchAsync();
        await window.SeesAsync("Hello");
        // The page begins with the box that one writes in; from the top of the page on:
        await window.Page.EvaluateAsync("() => document.activeElement.blur()");

        var order = new List<string>();
        do
        {
            await window.Page.Keyboard.PressAsync("Tab");
            order.Add(await window.Page.EvaluateAsync<string>(
                "() => document.activeElement.ariaLabel || document.activeElement.id || document.activeElement.getAttribute('role') || document.activeElement.textContent"));
        }
        while (order[^1] != "Send");

        Assert.Equal(["Play the picture", "Full screen", "log", "Reply to Ada", "author", "message", "Send"], order);
    }

    [Fact]
    public async Task New_comments_are_read_out_and_the_backlog_is_not()
    {
        await Client.PostAsync(Video, "Earlier");
        await using var window = await WatchAsync();
        await window.SeesAsync("Earlier");
        var announcer = window.Page.Locator(".announcer");
        await Assertions.Expect(announcer).ToBeEmptyAsync();
        await window.Page.WaitForFunctionAsync("since => performance.now() > since + 1600", await window.Page.EvaluateAsync<double>("() => performance.now()"));

        await Client.PostAsync(Video, "Just now", author: "Grace");

        await Assertions.Expect(announcer).ToHaveTextAsync("Grace: Just now");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Log, new() { Name = "Live comments" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_same_words_again_are_read_out_again()
    {
        await using var window = await Browser.OpenAsync();
        await window.Page.Clock.InstallAsync();
        await window.WatchAsync(Server, Video);
        var announcer = window.Page.Locator(".announcer");
        // First what comes with the page, which is not read out, then the pause after each announcement.
        await window.Page.Clock.FastForwardAsync(2_000);
        await Client.PostAsync(Video, "Hear, hear", author: "Grace");
        await Assertions.Expect(announcer).ToHaveTextAsync("Grace: Hear, hear");
        var first = await announcer.TextContentAsync();
        await window.Page.Clock.FastForwardAsync(6_000);

        await Client.PostAsync(Video, "Hear, hear", author: "Grace");

        // A screen reader reads what has changed.
        await window.Page.WaitForFunctionAsync("first => document.querySelector('.announcer').textContent !== first", first);
        await Assertions.Expect(announcer).ToHaveTextAsync("Grace: Hear, hear");
    }

    [Fact]
    public async Task The_full_screen_is_entered_and_left_by_keys()
    {
        await using var window = await WatchAsync();
        await window.Page.Locator(".log").FocusAsync();

        await window.Page.Keyboard.PressAsync("f");
        var leave = window.Page.GetByRole(AriaRole.Button, new() { Name = "Leave full screen" });
        await leave.WaitForAsync();
        await window.Page.Keyboard.PressAsync("c");
        // The browser tells of the full screen only when it has it.
        await window.Page.WaitForFunctionAsync("() => document.fullscreenElement !== null");
        await window.Page.EvaluateAsync("document.dispatchEvent(new Event('fullscreenchange'))");
        await Assertions.Expect(window.Message).ToBeHiddenAsync();
        await window.Page.Keyboard.PressAsync("c");
        await window.SayAsync("From the full screen: f and c are letters here");
        await window.SeesAsync("f and c are letters here");

        await window.Page.Locator(".log").FocusAsync();
        await window.Page.Keyboard.PressAsync("f");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Full screen", Exact = true }).WaitForAsync();
    }
}
