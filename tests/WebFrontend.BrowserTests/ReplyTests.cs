namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>One answers a comment, and goes from an answer to what it answers.</summary>
public sealed class ReplyTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task A_reply_quotes_its_parent_until_that_is_removed()
    {
        await using var ada = await WatchAsync("Ada");
        await using var grace = await WatchAsync("Grace");
        await ada.SayAsync("Who is there?");
        await grace.SeesAsync("Who is there?");

        await grace.Page.GetByRole(AriaRole.Button, new() { Name = "Reply to Ada" }).ClickAsync();
        await Assertions.Expect(grace.Page.Locator(".composer-reply")).ToContainTextAsync("Reply to Ada");
        await grace.SayAsync("It is me");

        await Assertions.Expect(Quote(ada)).ToHaveTextAsync("Answers Ada Who is there?");
        await Assertions.Expect(Quote(grace)).ToHaveTextAsync("Answers Ada Who is there?");
        await Assertions.Expect(grace.Page.Locator(".composer-reply")).ToBeHiddenAsync();
        var history = await Client.HistoryAsync(Video);
        Assert.Equal([null, history[0].Id], history.Select(comment => comment.ReplyTo));

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Delete your comment" }).ClickAsync();
        foreach (var window in (Window[])[ada, grace])
        {
            await Assertions.Expect(Quote(window)).ToHaveTextAsync("Answers a comment that was removed");
            Assert.DoesNotContain("Who is there", await window.Page.ContentAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task From_a_quote_one_goes_to_the_comment_also_where_that_must_be_loaded()
    {
        var parent = await Client.PostAsync(Video, "Long ago");
        await Client.PostManyAsync(Video, 250);
        await ReplyAsync(parent.Id, "I remember");
        await using var window = await WatchAsync();
        await Assertions.Expect(Quote(window)).ToHaveTextAsync("Answers an earlier comment");

        await Quote(window).ClickAsync();

        var row = window.Page.Locator($".comment[data-id='{parent.Id}']");
        await Assertions.Expect(row).ToBeInViewportAsync();
        await Assertions.Expect(row).ToBeFocusedAsync();
        await window.ToLatest.ClickAsync();
        await Assertions.Expect(Quote(window)).ToHaveTextAsync("Answers Ada Long ago");
    }

    [Fact]
    public async Task Whom_one_answers_outlives_a_reload_and_not_the_removal_of_the_comment()
    {
        await using var ada = await WatchAsync("Ada");
        await using var grace = await WatchAsync("Grace");
        await ada.SayAsync("Soon gone");
        await grace.SeesAsync("Soon gone");
        await grace.Page.GetByRole(AriaRole.Button, new() { Name = "Reply to Ada" }).ClickAsync();
        await grace.Message.FillAsync("Half an answer");

        await grace.Page.ReloadAsync();
        await grace.LiveAsync();
        await Assertions.Expect(grace.Page.Locator(".composer-reply")).ToContainTextAsync("Reply to Ada");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Delete your comment" }).ClickAsync();
        await Assertions.Expect(grace.Page.Locator(".composer-reply")).ToBeHiddenAsync();
        await Assertions.Expect(grace.Message).ToHaveValueAsync("Half an answer");
    }

    [Fact]
    public async Task The_tab_key_stops_once_at_what_rows_offer_and_arrow_keys_lead_on()
    {
        foreach (var author in (string[])["Ada", "Bo", "Cy"]) await Client.PostAsync(Video, "Hello", author: author);
        await using var window = await WatchAsync();
        await Assertions.Expect(window.Comments).ToHaveCountAsync(3);

        await window.Page.Locator(".log").FocusAsync();
        (string, string)[] steps = [("Tab", "Cy"), ("ArrowUp", "Bo"), ("ArrowUp", "Ada"), ("ArrowUp", "Ada"), ("ArrowDown", "Bo")];
        foreach (var (key, author) in steps)
        {
            await window.Page.Keyboard.PressAsync(key);
            await Assertions.Expect(Reply(author)).ToBeFocusedAsync();
        }

        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".composer-reply")).ToContainTextAsync("Reply to Bo");
        await Assertions.Expect(window.Message).ToBeFocusedAsync();

        ILocator Reply(string author) => window.Page.GetByRole(AriaRole.Button, new() { Name = $"Reply to {author}" });
    }

    private static ILocator Quote(Window window) => window.Page.Locator(".quote");

    private async Task ReplyAsync(string parent, string message)
    {
        using var answer = await Client.SendAsync(
            Video, HttpContract.Client.CommentsClient.Json($$"""{"author":"Bo","message":"{{message}}","replyTo":"{{parent}}"}"""));
        Assert.True(answer.IsSuccessStatusCode);
    }
}
