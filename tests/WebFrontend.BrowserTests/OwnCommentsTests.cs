namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>What one writes oneself: known by its answer, and lost in no case.</summary>
public sealed class OwnCommentsTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private const string Words = "The same words";

    [Fact]
    public async Task Anothers_comment_of_the_same_name_and_words_is_not_ones_own()
    {
        await using var window = await WatchAsync();
        var answer = new TaskCompletionSource();
        await window.Page.RouteAsync($"**/comments/{Video}", async route =>
        {
            await answer.Task;
            await route.AbortAsync();
        });

        await window.SayAsync(Words);
        await Client.PostAsync(Video, Words, author: "Ada");
        await Client.PostAsync(Video, "Afterwards");
        await window.SeesAsync("Afterwards");
        answer.SetResult();

        await window.Page.Locator(".failed").WaitForAsync();
        await Assertions.Expect(window.Comments).ToHaveCountAsync(2);
        await Assertions.Expect(Own(window)).ToHaveCountAsync(0);
        Assert.Equal((await Client.HistoryAsync(Video)).Select(comment => comment.Id), await window.IdsAsync());

        await window.Page.UnrouteAllAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(Own(window)).ToHaveCountAsync(1);
        Assert.Equal((await Client.HistoryAsync(Video))[^1].Id, await Own(window).GetAttributeAsync("data-id"));
        await Assertions.Expect(window.Page.Locator(".failed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_comment_whose_answer_is_lost_is_ones_own_once_it_is_tried_again()
    {
        await using var window = await WatchAsync();
        await window.Page.RouteAsync($"**/comments/{Video}", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await window.SayAsync(Words);
        await window.Page.Locator(".failed").WaitForAsync();

        await window.Page.UnrouteAllAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Assertions.Expect(Own(window)).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator(".failed")).ToHaveCountAsync(0);
        Assert.Equal(Assert.Single(await Client.HistoryAsync(Video)).Id, Assert.Single(await window.IdsAsync()));
    }

    [Fact]
    public async Task What_failed_stays_through_a_reload_until_one_discards_it()
    {
        await using var window = await WatchAsync();
        await window.Page.RouteAsync($"**/comments/{Video}", route => route.AbortAsync());
        await window.SayAsync(Words);
        var failed = window.Page.Locator(".failed");
        await failed.WaitForAsync();

        await window.Page.ReloadAsync();
        await Assertions.Expect(failed.Locator(".message")).ToHaveTextAsync(Words);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Assertions.Expect(failed).ToHaveCountAsync(0);
        await window.Page.ReloadAsync();
        await window.LiveAsync();

        await Assertions.Expect(failed).ToHaveCountAsync(0);
        Assert.Empty(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_draft_survives_a_reload_until_it_is_sent()
    {
        await using var window = await WatchAsync();
        await window.Message.FillAsync("Not yet");
        await window.Page.ReloadAsync();
        await Assertions.Expect(window.Message).ToHaveValueAsync("Not yet");

        await window.Message.PressAsync("Enter");
        await window.SeesAsync("Not yet");
        await window.Page.ReloadAsync();
        await window.SeesAsync("Not yet");
        await Assertions.Expect(window.Message).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Enter_that_ends_a_composition_sends_nothing()
    {
        await using var window = await WatchAsync();
        await window.Message.FillAsync("Half");
        // As Safari has it: the composition has ended, but the key is 229.
        await window.Message.EvaluateAsync(
            "box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))");
        await window.Message.PressAsync("End");

        await Assertions.Expect(window.Message).ToHaveValueAsync("Half");
        await window.Message.PressAsync("Enter");
        await window.SeesAsync("Half");
        Assert.Single(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Enter_in_a_composition_belongs_to_it()
    {
        await using var window = await WatchAsync();
        await window.Message.FocusAsync();
        var devTools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await devTools.SendAsync("Input.imeSetComposition", new() { ["text"] = "かな", ["selectionStart"] = 2, ["selectionEnd"] = 2 });
        await window.Message.PressAsync("Enter");

        Assert.StartsWith("かな", await window.Message.InputValueAsync(), StringComparison.Ordinal);
        await window.SayAsync("仮名");
        await window.SeesAsync("仮名");
        Assert.Single(await Client.HistoryAsync(Video));
    }

    private static ILocator Own(Window window) => window.Page.Locator(".own[data-id]");
}
