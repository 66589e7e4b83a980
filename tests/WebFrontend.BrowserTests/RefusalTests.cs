namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Comments that are not taken: one learns why and when to try again, and keeps what one has written.</summary>
public sealed class RefusalTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task Too_fast_gives_the_draft_back_with_a_countdown()
    {
        await RestartAsync("--Limits:PostsPerSecond=1", "--Limits:PostBurst=1");
        await using var window = await WatchAsync();
        var posted = await SayUntilRefusedAsync(window);

        await Assertions.Expect(Status(window)).ToHaveTextAsync("You are sending too fast.");
        await Assertions.Expect(window.Message).ToHaveValueAsync($"Comment {posted}");
        await Assertions.Expect(Status(window)).ToHaveTextAsync("You can send again now.");
        await window.Message.PressAsync("Enter");
        await window.SeesAsync($"Comment {posted}");
        await Assertions.Expect(Status(window)).ToHaveTextAsync("");
        Assert.Equal(Enumerable.Range(0, posted + 1).Select(i => $"Comment {i}"), (await Client.HistoryAsync(Video)).Select(comment => comment.Message));
    }

    [Theory]
    [InlineData(503, "overloaded", "The server is busy.")]
    [InlineData(503, "store-failed", "The server cannot keep comments just now.")]
    [InlineData(503, "stopping", "The server is restarting.")]
    [InlineData(413, "body-too-large", "That is too long: a comment has at most 500 characters.")]
    public async Task Each_refusal_is_told_in_clear_words(int status, string type, string words)
    {
        await using var window = await WatchAsync();
        await window.Page.RouteAsync($"**/comments/{Video}", route => route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/problem+json",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
            Body = $$"""{"type":"urn:problem-type:livecomments:{{type}}","status":{{status}},"title":"-","detail":"-"}""",
        }));

        await window.SayAsync("A draft");

        await Assertions.Expect(Status(window)).ToHaveTextAsync(words);
        await Assertions.Expect(window.Page.Locator(".composer-countdown")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Try again in (2[0-9]|30) s$"));
        await Assertions.Expect(window.Message).ToHaveValueAsync("A draft");
    }

    [Fact]
    public async Task What_is_written_meanwhile_is_kept_beside_what_was_refused()
    {
        await using var window = await WatchAsync();
        var answer = new TaskCompletionSource();
        await window.Page.RouteAsync($"**/comments/{Video}", async route =>
        {
            await answer.Task;
            await route.AbortAsync();
        });

        await window.SayAsync("Sent into the void");
        await window.Message.FillAsync("Already writing on");
        answer.SetResult();

        await window.Page.GetByText("Not sent. The server cannot be reached.").WaitForAsync();
        await Assertions.Expect(window.Message).ToHaveValueAsync("Already writing on");
        await window.Page.UnrouteAllAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(window.Comments.Locator(".message")).ToHaveTextAsync("Sent into the void");
        await Assertions.Expect(window.Page.Locator(".failed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Too_long_is_told_before_it_is_sent()
    {
        await using var window = await WatchAsync();
        await window.SayAsync(new string('x', 503));

        await Assertions.Expect(Status(window)).ToHaveTextAsync("That is 3 characters too long.");
        await Assertions.Expect(window.Message).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_node_without_room_is_tried_again_later()
    {
        await RestartAsync("--Limits:MaxViewers=0");
        await using var window = await Browser.OpenAsync();
        await window.Page.GotoAsync(new Uri(Server, $"/videos/{Video}").ToString());

        await Assertions.Expect(window.Page.Locator(".connection-label")).ToHaveTextAsync("Too many are watching just now.");
        await RestartAsync();
        await window.LiveAsync();
    }

    /// <summary>
    /// Sends comments until one comes too fast, and gives its number. On a slow machine the bucket may fill again between two of them.
    /// </summary>
    private static async Task<int> SayUntilRefusedAsync(Window window)
    {
        for (var i = 0; ; i++)
        {
            var answer = await window.Page.RunAndWaitForResponseAsync(
                () => window.SayAsync($"Comment {i}"), response => response.Request.Method == "POST");
            if (answer.Status == 429) return i;
            await window.SeesAsync($"Comment {i}");
        }
    }

    private static ILocator Status(Window window) => window.Page.Locator(".composer-status");
}
