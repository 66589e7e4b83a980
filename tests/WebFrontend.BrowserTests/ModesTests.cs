using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The modes of a video in the composer: it says why nothing can be sent, and when again.</summary>
public sealed class ModesTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");

    [Fact]
    public async Task In_slow_mode_the_composer_says_so_and_counts_down_after_ones_own_comment()
    {
        await using var window = await WatchAsync();
        await ChangeAsync("""{"slowSeconds":300}""");
        await Assertions.Expect(Modes(window)).ToHaveTextAsync("Slow mode: one comment every 300 seconds.");

        await window.SayAsync("First");
        await window.SeesAsync("First");
        await Assertions.Expect(Countdown(window)).ToHaveTextAsync(new Regex("^You can write again in (2[0-9]{2}|300) s$"));
        await window.SayAsync("Second");
        await Assertions.Expect(window.Page.Locator(".composer-status")).ToHaveTextAsync(new Regex("^Please wait [0-9]+ seconds\\.$"));
        await Assertions.Expect(window.Message).ToHaveValueAsync("Second");

        await ChangeAsync("""{"slowSeconds":null}""");
        await Assertions.Expect(Modes(window)).ToHaveTextAsync("");
        await Assertions.Expect(Countdown(window)).ToHaveTextAsync("");
        await window.Message.PressAsync("Enter");
        await window.SeesAsync("Second");
    }

    [Fact]
    public async Task Who_comes_late_and_is_too_fast_is_given_the_draft_back_with_a_countdown()
    {
        await using var window = await WatchAsync();
        await window.SayAsync("First");
        await window.SeesAsync("First");
        await ChangeAsync("""{"slowSeconds":300}""");
        await Assertions.Expect(Modes(window)).ToHaveTextAsync("Slow mode: one comment every 300 seconds.");

        await window.SayAsync("Second");

        await Assertions.Expect(window.Page.Locator(".composer-status")).ToHaveTextAsync("This live video is in slow mode.");
        await Assertions.Expect(Countdown(window)).ToHaveTextAsync(new Regex("^You can write again in (2[0-9]{2}|300) s$"));
        await Assertions.Expect(window.Message).ToHaveValueAsync("Second");

        await ChangeAsync("""{"slowSeconds":0}""");
        await Assertions.Expect(Countdown(window)).ToHaveTextAsync("");
        await window.Message.PressAsync("Enter");
        await window.SeesAsync("Second");
    }

    [Fact]
    public async Task A_closed_composer_says_why_and_keeps_the_draft_also_for_who_joins()
    {
        await using var window = await WatchAsync();
        await window.Message.FillAsync("A draft");
        await ChangeAsync("""{"state":"ended"}""");

        await Assertions.Expect(Modes(window)).ToHaveTextAsync("This live video is over. It takes no more comments.");
        await Assertions.Expect(window.Message).Not.ToBeEditableAsync();
        await Assertions.Expect(Send(window)).ToBeDisabledAsync();
        await using var late = await WatchAsync("Grace", status: "ended");
        await Assertions.Expect(Send(late)).ToBeDisabledAsync();

        await ChangeAsync("""{"state":"open"}""");
        foreach (var one in (Window[])[late, window]) await one.Page.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await Assertions.Expect(Send(late)).ToBeEnabledAsync();
        await Assertions.Expect(window.Message).ToBeEditableAsync();
        await window.Message.PressAsync("Enter");
        await late.SeesAsync("A draft");
    }

    [Fact]
    public async Task When_the_video_has_ended_the_page_says_so_and_keeps_the_comments_also_for_who_joins()
    {
        await using var window = await WatchAsync();
        await window.SayAsync("Last words");
        await window.SeesAsync("Last words");
        await ChangeAsync("""{"state":"ended"}""");
        await using var late = await WatchAsync("Grace", status: "ended");

        foreach (var one in (Window[])[window, late])
        {
            await Assertions.Expect(one.Page.Locator(".connection-label")).ToHaveTextAsync("The live chat has ended");
            await one.SeesAsync("Last words");
        }
    }

    [Fact]
    public async Task Who_has_written_what_a_moderator_is_to_see_first_is_told_what_becomes_of_it()
    {
        await using var window = await WatchAsync();
        await using var other = await WatchAsync("Grace");
        await ChangeAsync("""{"holdAll":true}""");
        await Assertions.Expect(Modes(window)).ToHaveTextAsync("A moderator sees comments first.");
        await window.SayAsync("Let through");
        await Assertions.Expect(window.Page.Locator(".waiting")).ToHaveTextAsync("It waits for a moderator.");
        await DecideAsync("publish");
        await other.SeesAsync("Let through");
        await Assertions.Expect(window.Page.Locator(".waiting")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Assertions.Expect(window.Page.GetByText("Let through")).ToHaveCountAsync(1);

        await window.SayAsync("Kept back");
        await Assertions.Expect(window.Page.Locator(".waiting")).ToHaveCountAsync(1);
        await DecideAsync("refuse");
        await Assertions.Expect(window.Page.Locator(".failure"))
            .ToContainTextAsync("A moderator did not let it through.", new() { Timeout = 60_000 });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Kept back")).ToHaveCountAsync(0);
    }

    private async Task DecideAsync(string decision)
    {
        using var queue = await Client.SendAsync(HttpMethod.Get, $"/comments/{Video}/held", Moderator);
        using var page = JsonDocument.Parse(await queue.Content.ReadAsStringAsync());
        var held = page.RootElement.GetProperty("comments")[0].GetProperty("id").GetString();
        using var answer = await Client.SendAsync(
            HttpMethod.Post, $"/comments/{Video}/held/{held}", Moderator, $$"""{"decision":"{{decision}}"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static ILocator Modes(Window window) => window.Page.Locator(".composer-modes");

    private static ILocator Countdown(Window window) => window.Page.Locator(".composer-countdown");

    private static ILocator Send(Window window) => window.Page.GetByRole(AriaRole.Button, new() { Name = "Send" });

    private async Task ChangeAsync(string json)
    {
        using var answer = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
