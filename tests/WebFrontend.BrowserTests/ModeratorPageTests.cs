using System.Net;
using System.Text.RegularExpressions;
using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The page for moderators: one key for each act, and the selection stays where it is.</summary>
public sealed class ModeratorPageTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", name: "Grace", scope: "comments:moderate comments:post");

    [Fact]
    public async Task One_key_times_a_spammer_out_and_every_viewer_s_page_is_clean()
    {
        await RestartAsync(["--Limits:PostsPerSecondPerPerson=0", .. ContractTarget.Issuer.Settings]);
        await Client.PostAsync(Video, "stays");
        await using var ada = await WatchAsync("Ada");
        await using var noa = await WatchAsync("Noa");
        await using var page = await ModerateAsync();
        var spam = SpamAsync();
        await page.SeesAsync("spam 20");

        await page.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(1);
        await Assertions.Expect(Selected(page)).ToContainTextAsync("spam");
        await page.Page.Keyboard.PressAsync("t");

        await Assertions.Expect(Says(page, "timed out for 10 minutes")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await spam);
        foreach (var window in new[] { ada, noa, page })
        {
            await Assertions.Expect(window.Comments.Filter(new() { HasText = "spam" })).ToHaveCountAsync(0);
            await Assertions.Expect(window.Comments).ToHaveCountAsync(1);
        }

        Assert.Equal(["stays"], (await Client.HistoryAsync(Video)).Select(comment => comment.Message));
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("Eve");
    }

    [Fact]
    public async Task The_selection_stays_on_its_comment_while_others_come_and_nothing_is_hit_in_its_stead()
    {
        var before = await Client.PostManyAsync(Video, 10, i => $"before {i}");
        var (selected, newest) = (before[^2].Message, before[^1].Message);
        await using var page = await ModerateAsync();
        await page.SeesAsync(newest);
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(Selected(page)).ToContainTextAsync(selected);
        var place = await Selected(page).BoundingBoxAsync();

        var after = await Client.PostManyAsync(Video, 60, i => $"after {i}");
        await Assertions.Expect(page.ToLatest).ToHaveTextAsync("60 new comments");
        await Assertions.Expect(Selected(page)).ToBeFocusedAsync();
        await Assertions.Expect(Selected(page)).ToContainTextAsync(selected);
        Assert.Equal(place!.Y, (await Selected(page).BoundingBoxAsync())!.Y, 1.0);

        await page.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.Comments.Filter(new() { HasText = selected })).ToHaveCountAsync(0);
        await Assertions.Expect(Says(page, "cannot be undone")).ToBeVisibleAsync();
        // Nothing is selected now: the key again does nothing.
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(0);
        await page.Page.Keyboard.PressAsync("d");
        await page.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(Selected(page)).ToContainTextAsync(newest);
        await page.Page.Keyboard.PressAsync("g");
        await page.SeesAsync(after[^1].Message);
        await Assertions.Expect(page.ToLatest).ToBeHiddenAsync();
        Assert.Equal(69, (await Client.HistoryAsync(Video)).Count);
    }

    [Fact]
    public async Task A_wave_of_names_with_a_comment_each_is_cleared_by_two_keys_and_undone_by_one()
    {
        await RestartAsync(["--Limits:PostsPerSecond=0", .. ContractTarget.Issuer.Settings]);
        await Client.PostAsAsync(ContractTarget.Issuer.Token("ada", name: "Ada"), Video, "When do the tickets go on sale?");
        await Client.PostAsAsync(ContractTarget.Issuer.Token("mod-2", name: "Linus", scope: "comments:moderate comments:post"), Video, SpamOf(99));
        for (var i = 0; i < 120; i++) await Client.PostAsAsync(ContractTarget.Issuer.Token($"wave-{i}", name: $"W1nner{i}"), Video, SpamOf(i));
        await using var viewer = await WatchAsync("Noa");
        await using var page = await ModerateAsync();
        await page.SeesAsync("number 119");

        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("l");
        await Assertions.Expect(Says(page, "Selected: 120 comments of 120 people.")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.Page.GetByText("Shall 120 people (W1nner0, W1nner1, W1nner2 …) be timed out for 10 minutes?", new() { Exact = false })).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Selected(page)).Not.ToHaveCountAsync(0);
        await page.Page.Keyboard.PressAsync("t");
        await page.Page.Keyboard.PressAsync("y");
        await Assertions.Expect(Says(page, "120 people are timed out for 10 minutes, and 120 comments are removed.")).ToBeVisibleAsync();
        foreach (var window in new[] { viewer, page }) await Assertions.Expect(window.Comments).ToHaveCountAsync(2);
        await Assertions.Expect(page.Page.Locator(".bans li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("W1nner");
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("and 118 others");
        await Assertions.Expect(page.Page.Locator(".acts")).ToContainTextAsync("others");

        await page.Page.Keyboard.PressAsync("u");
        await Assertions.Expect(Says(page, "120 people may write again. What was removed does not come back.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("Nobody is banned.");
        await Client.PostAsAsync(ContractTarget.Issuer.Token("wave-5", name: "W1nner5"), Video, "I am no robot");

        static string SpamOf(int i) => $"Free tickets!! number {i} at tickets-{(char)('a' + (i % 26))}x.example";
    }

    [Fact]
    public async Task A_stretch_is_selected_by_shift_and_removed_at_once_but_for_moderators_comments()
    {
        foreach (var i in Enumerable.Range(0, 6)) await Client.PostAsync(Video, $"before {i}");
        await Client.PostAsAsync(ContractTarget.Issuer.Token("mod-2", name: "Linus", scope: "comments:moderate comments:post"), Video, "calm please");
        await Client.PostAsync(Video, "after");
        await using var page = await ModerateAsync();
        await page.SeesAsync("after");
        await page.Page.Keyboard.PressAsync("k");
        for (var i = 0; i < 4; i++) await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await page.Page.Keyboard.PressAsync("Shift+J");
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(4);
        await page.Comments.Filter(new() { HasText = "before 3" }).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(5);
        await Assertions.Expect(page.Page.Locator(".actions-about")).ToHaveTextAsync("5 comments of 2 people");

        await page.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(Says(page, "Removed 4 comments. A removal cannot be undone. Those of moderators and hosts were left out.")).ToBeVisibleAsync();
        Assert.Equal(
            ["before 0", "before 1", "before 2", "calm please"], (await Client.HistoryAsync(Video)).Select(comment => comment.Message));
        await Assertions.Expect(page.Comments).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task After_an_act_the_list_goes_on_by_itself()
    {
        await using var page = await Browser.OpenAsync();
        await page.Page.Clock.InstallAsync();
        await page.Page.GotoAsync($"{Address()}#token={Moderator}");
        await page.LiveAsync();
        var many = await Client.PostManyAsync(Video, 40);
        await page.SeesAsync(many[^1].Message);
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.Comments.Filter(new() { HasText = many[^1].Message })).ToHaveCountAsync(0);
        await Client.PostManyAsync(Video, 40, i => $"more {i}");
        await Assertions.Expect(page.ToLatest).ToContainTextAsync("40 new comments");

        await page.Page.Clock.FastForwardAsync("00:04");
        await Assertions.Expect(page.ToLatest).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_is_banned_is_marked_and_named_after_a_reload_and_who_wrote_before_is_counted()
    {
        await RestartAsync(["--Limits:PostsPerSecond=0", "--Limits:PostsPerSecondPerPerson=0", .. ContractTarget.Issuer.Settings]);
        for (var i = 0; i < 250; i++) await Client.PostAsAsync(ContractTarget.Issuer.Token("eve", name: "Eve"), Video, $"spam {i}");
        await using var page = await ModerateAsync();
        var first = page.Page.Locator(".people li").First;
        await Assertions.Expect(first).ToContainTextAsync("Eve250");
        await page.Page.Keyboard.PressAsync("w");
        await Assertions.Expect(first.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        // Somebody else has written more meanwhile: the list goes on, and the focus stays with its person.
        for (var i = 0; i < 260; i++) await Client.PostAsAsync(ContractTarget.Issuer.Token("noa", name: "Noa"), Video, $"much {i}");
        await Assertions.Expect(first).ToContainTextAsync("Noa260");
        await page.Page.Keyboard.PressAsync("b");
        await Assertions.Expect(Says(page, "Eve is banned, and 250 comments are removed.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".people li").Nth(1).GetByRole(AriaRole.Button, new() { Name = "Lift" })).ToBeVisibleAsync();

        // Another moderator, who was not there.
        await using var other = await ModerateAsync();
        await Assertions.Expect(other.Page.Locator(".bans")).ToContainTextAsync("Eve");
        await Assertions.Expect(other.Page.Locator(".acts")).ToContainTextAsync("Grace banned Eve");
    }

    [Fact]
    public async Task A_ban_is_undone_by_a_key_and_what_was_removed_does_not_come_back()
    {
        var eve = ContractTarget.Issuer.Token("eve", name: "Eve");
        await Client.PostAsAsync(eve, Video, "Hello");
        await using var page = await ModerateAsync();
        await page.SeesAsync("Hello");
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("b");
        await Assertions.Expect(Says(page, "Eve is banned, and 1 comment is removed.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("without end");

        await page.Page.Keyboard.PressAsync("u");
        await Assertions.Expect(Says(page, "Eve may write again. What was removed does not come back.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("Nobody is banned.");
        await Client.PostAsAsync(eve, Video, "I am back");
        await page.SeesAsync("I am back");
        await page.Page.Keyboard.PressAsync("u");
        await Assertions.Expect(Says(page, "There is nothing to undo")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_wrote_without_a_token_is_banned_too()
    {
        await Client.PostAsync(Video, "Hello", author: "Nobody");
        await using var page = await ModerateAsync();
        await page.SeesAsync("Hello");
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(Says(page, "Nobody is timed out for 10 minutes, and 1 comment is removed.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Comments).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task One_asks_before_an_act_against_a_moderator()
    {
        await Client.PostAsAsync(ContractTarget.Issuer.Token("other", name: "Linus", scope: "comments:post comments:moderate"), Video, "Be nice");
        await using var page = await ModerateAsync();
        await page.SeesAsync("Be nice");
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.Page.GetByText("Linus is a moderator here. Remove the comment of Linus?")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Comments).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("d");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await Assertions.Expect(page.Comments).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_chat_is_calmed_by_a_key_and_back_and_a_mode_is_undone()
    {
        await using var page = await ModerateAsync();
        await using var viewer = await WatchAsync();
        var slow = page.Page.GetByLabel("Slow mode");
        await Assertions.Expect(slow).ToHaveValueAsync("0");
        await slow.SelectOptionAsync("10");
        await Assertions.Expect(viewer.Page.Locator(".composer-modes")).ToHaveTextAsync("Slow mode: one comment every 10 seconds.");

        // In a field no key acts but the one that leads out of it.
        await page.Page.Locator(".log").FocusAsync();
        await page.Page.Keyboard.PressAsync("m");
        await Assertions.Expect(slow).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("c");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".log")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("c");
        await Assertions.Expect(slow).ToHaveValueAsync("30");
        await Assertions.Expect(viewer.Page.Locator(".composer-modes")).ToContainTextAsync("Links are not taken.");
        await page.Page.Keyboard.PressAsync("c");
        await Assertions.Expect(viewer.Page.Locator(".composer-modes")).ToHaveTextAsync("Slow mode: one comment every 10 seconds.");
        await page.Page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "End the calm" })).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.Locator(".composer-modes")).ToContainTextAsync("Links are not taken.");
    }

    [Fact]
    public async Task A_comment_is_pinned_and_unpinned_by_one_key()
    {
        await using var page = await ModerateAsync();
        await using var viewer = await WatchAsync();
        await Client.PostAsync(Video, "Read this first");
        await page.SeesAsync("Read this first");
        await page.Page.Keyboard.PressAsync("k");
        foreach (var window in (Window[])[page, viewer]) await Assertions.Expect(Pinned(window)).ToBeHiddenAsync();

        await page.Page.Keyboard.PressAsync("p");
        foreach (var window in (Window[])[page, viewer]) await Assertions.Expect(Pinned(window)).ToContainTextAsync("Read this first");
        await page.Page.Keyboard.PressAsync("p");
        foreach (var window in (Window[])[page, viewer]) await Assertions.Expect(Pinned(window)).ToBeHiddenAsync();
        await page.Page.Keyboard.PressAsync("p");
        await Pinned(page).GetByRole(AriaRole.Button, new() { Name = "Unpin" }).ClickAsync();
        await Assertions.Expect(Pinned(viewer)).ToBeHiddenAsync();

        static ILocator Pinned(Window window) => window.Page.Locator(".pinned");
    }

    [Fact]
    public async Task Held_comments_are_decided_on_by_the_keyboard_alone()
    {
        await using var page = await ModerateAsync();
        await using var viewer = await WatchAsync();
        await ChangeAsync("""{"holdAll":true}""");
        foreach (var text in new[] { "first", "second", "third" })
            using (await Client.SendAsync(Video, CommentsClient.Body("Ada", text))) { }

        var held = page.Page.Locator(".held > li");
        await Assertions.Expect(held).ToHaveCountAsync(3);
        await page.Page.Keyboard.PressAsync("h");
        await Assertions.Expect(held.First).ToBeFocusedAsync();
        // By the tab key one comes to its buttons, too.
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(held.First.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("j");
        await page.Page.Keyboard.PressAsync("p");
        await viewer.SeesAsync("second");
        await Assertions.Expect(held).ToHaveCountAsync(2);
        await page.Page.Keyboard.PressAsync("r");
        await Assertions.Expect(held).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("a");
        await viewer.SeesAsync("first");
        await Assertions.Expect(page.Page.GetByText("No comment waits for a decision.")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Comments).ToHaveCountAsync(2);

        // One thing is selected at a time: by Escape none.
        using (await Client.SendAsync(Video, CommentsClient.Body("Ada", "fourth"))) { }
        await Assertions.Expect(held).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("h");
        await Assertions.Expect(page.Page.Locator(".selected")).ToHaveCountAsync(1);
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".selected")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Moderators_see_a_comment_before_its_delay_is_over()
    {
        await ChangeAsync("""{"delaySeconds":30}""");
        await using var page = await ModerateAsync();
        await using var viewer = await WatchAsync();
        await Client.PostAsync(Video, "bad");
        await page.SeesAsync("bad");
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.Comments).ToHaveCountAsync(0);
        await ChangeAsync("""{"delaySeconds":0}""");
        await Client.PostAsync(Video, "good");
        await viewer.SeesAsync("good");
        await Assertions.Expect(viewer.Comments).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_token_that_will_not_do_is_refused_with_the_reason_and_the_next_one_is_taken()
    {
        await using var page = await Browser.OpenAsync();
        var fault = page.Page.Locator(".token-fault");
        await page.Page.GotoAsync(Address());
        await Assertions.Expect(fault).ToHaveTextAsync("Sign in as a moderator to see this page.");
        foreach (var (token, reason) in new[]
        {
            (ContractTarget.Issuer.Token("ada"), "This token lacks comments:moderate: it is no moderator's."),
            (ContractTarget.Issuer.Token("ada", scope: "comments:moderate", videos: ["another"]), "This token is for another video."),
            (ContractTarget.Issuer.Token("ada", scope: "comments:moderate", endsIn: TimeSpan.FromMinutes(-2)), "This token has expired. Give the next one."),
            ("nonsense", "This is no token: it has three parts with full stops between."),
            (Moderator[..^4] + "AAAA", "This token is not valid here, or has expired. Give the next one."),
            (Moderator, ""),
        })
        {
            await page.Page.Locator("#token").FillAsync(token);
            await page.Page.Keyboard.PressAsync("Enter");
            if (reason.Length > 0) await Assertions.Expect(fault).ToHaveTextAsync(reason);
        }

        await page.LiveAsync();
        await Assertions.Expect(fault).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator(".who")).ToHaveTextAsync("Grace");
    }

    [Fact]
    public async Task A_token_in_the_address_leaves_it_at_once_and_stays_for_the_tab()
    {
        await using var page = await ModerateAsync();
        Assert.Equal(Address(), page.Page.Url);
        await page.Page.ReloadAsync();
        await page.LiveAsync();
        var answer = await page.Page.GotoAsync(Address());
        Assert.Contains("frame-ancestors 'none'", answer!.Headers["content-security-policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_comes_back_with_the_reason()
    {
        await Client.PostAsync(Video, "Hello");
        await using var page = await ModerateAsync();
        await page.SeesAsync("Hello");
        await page.Page.RouteAsync("**/comments/*/*", route => route.Request.Method == "DELETE" ? route.AbortAsync() : route.ContinueAsync());
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(Says(page, "was not removed. The server cannot be reached.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".going")).ToHaveCountAsync(0);
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task On_a_phone_everything_is_reached_by_touch_and_nothing_is_cut_off()
    {
        await Client.PostAsAsync(ContractTarget.Issuer.Token("eve", name: "Eve"), Video, "a long-winded-and-unbroken-message-" + new string('x', 200));
        await using var page = await ModerateAsync(new() { ViewportSize = new() { Width = 320, Height = 640 }, HasTouch = true });
        await page.SeesAsync("long-winded");
        foreach (var tab in new[] { "Held", "People", "Modes", "Chat" })
        {
            await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{tab}") }).First.TapAsync();
            Assert.Equal(320, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        await page.Comments.First.TapAsync();
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(1);
        await page.Page.Locator(".actions [data-act=ban]").TapAsync();
        await Assertions.Expect(page.Comments).ToHaveCountAsync(0);
        await page.Page.Locator(".status-undo").TapAsync();
        await Assertions.Expect(Says(page, "Eve may write again.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task While_the_chat_moves_a_finger_holds_it_first_and_then_selects()
    {
        await RestartAsync(["--Limits:PostsPerSecond=0", .. ContractTarget.Issuer.Settings]);
        await Client.PostManyAsync(Video, 30);
        await using var page = await ModerateAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true });
        using var enough = new CancellationTokenSource();
        var posting = PostAsync();
        await page.SeesAsync("more 9");
        var log = await page.Page.Locator(".log").BoundingBoxAsync();
        var (x, y) = (log!.X + (log.Width / 2), log.Y + log.Height - 60);

        await page.Page.Touchscreen.TapAsync(x, y);
        await Assertions.Expect(Says(page, "The chat holds still.")).ToBeVisibleAsync();
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(0);
        await page.Comments.Filter(new() { HasText = "more 7" }).First.TapAsync();
        await Assertions.Expect(Selected(page)).ToContainTextAsync("more 7");
        await page.Page.Locator(".actions [data-act=back]").TapAsync();
        await Assertions.Expect(page.ToLatest).ToBeHiddenAsync();
        await enough.CancelAsync();
        await posting;

        async Task PostAsync()
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var i = 0; !enough.IsCancellationRequested && await pace.WaitForNextTickAsync(); i++)
                await Client.PostAsync(Video, $"more {i}");
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Everything_has_a_name_a_role_and_enough_contrast(ColorScheme scheme)
    {
        await ChangeAsync("""{"holdAll":true}""");
        using var held = await Client.SendAsync(Video, CommentsClient.Body("Noa", "Held"));
        await ChangeAsync("""{"holdAll":false}""");
        foreach (var i in Enumerable.Range(0, 40))
            await Client.PostAsAsync(ContractTarget.Issuer.Token($"author-{i}", name: $"Author {i}"), Video, $"Comment {i}");
        await Client.PostAsAsync(ContractTarget.Issuer.Token("eve", name: "Eve"), Video, "Spam");
        await using var page = await ModerateAsync(new() { ColorScheme = scheme });
        await page.SeesAsync("Spam");
        await page.Page.Keyboard.PressAsync("k");
        await page.Page.Keyboard.PressAsync("b");
        await Assertions.Expect(page.Page.Locator(".bans")).ToContainTextAsync("Eve");
        await page.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(Selected(page)).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.Locator(".people li")).ToHaveCountAsync(8);
        await Assertions.Expect(page.Page.Locator(".held > li")).ToHaveCountAsync(1);
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Script.Named("find-faults")));

        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Page.Locator("dialog.help")).ToBeVisibleAsync();
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Script.Named("find-faults")));
    }

    private static ILocator Selected(Window window) => window.Page.Locator(".log .comment.selected");

    private static ILocator Says(Window window, string words) => window.Page.Locator(".status-words").Filter(new() { HasText = words });

    private string Address() => new Uri(Server, $"/moderate/{Video}").ToString();

    private async Task<Window> ModerateAsync(BrowserNewContextOptions? options = null)
    {
        var window = await Browser.OpenAsync(options);
        await window.Page.GotoAsync($"{Address()}#token={Moderator}");
        await window.LiveAsync();
        return window;
    }

    /// <summary>Posts until that is refused; gives how.</summary>
    private async Task<HttpStatusCode> SpamAsync()
    {
        var eve = ContractTarget.Issuer.Token("eve", name: "Eve");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; await pace.WaitForNextTickAsync(); i++)
        {
            using var answer = await Client.SendAsync(HttpMethod.Post, $"/comments/{Video}", eve, $$"""{"message":"spam {{i}}"}""");
            if (!answer.IsSuccessStatusCode) return answer.StatusCode;
        }

        return default;
    }

    private async Task ChangeAsync(string json)
    {
        using var answer = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
