namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>People in different windows talk to each other.</summary>
public sealed class ConversationTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task Two_windows_see_each_other_and_each_comment_once()
    {
        await using var ada = await WatchAsync("Ada");
        await using var grace = await WatchAsync("Grace");

        await ada.SayAsync("Hello from Ada");
        await grace.SeesAsync("Hello from Ada");
        await grace.SayAsync("Hello from Grace");
        await ada.SeesAsync("Hello from Grace");

        var history = await Client.HistoryAsync(Video);
        foreach (var window in new[] { ada, grace })
        {
            await Assertions.Expect(window.Comments).ToHaveCountAsync(2);
            await Assertions.Expect(window.Page.Locator(".pending")).ToHaveCountAsync(0);
            Assert.Equal(history.Select(comment => comment.Id), await window.IdsAsync());
        }
    }

    [Fact]
    public async Task Markup_stays_text()
    {
        const string Markup = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>&amp;";
        await using var window = await WatchAsync();
        var title = await window.Page.TitleAsync();

        await Client.PostAsync(Video, Markup, author: "<b>Bob</b>");

        await Assertions.Expect(window.Comments.Locator(".message")).ToHaveTextAsync(Markup);
        await Assertions.Expect(window.Comments.Locator(".author")).ToHaveTextAsync("<b>Bob</b>");
        Assert.Equal(0, await window.Comments.Locator("img, script, b").CountAsync());
        Assert.Equal(title, await window.Page.TitleAsync());
    }

    [Fact]
    public async Task Direction_marks_end_with_the_text_that_holds_them()
    {
        await using var window = await WatchAsync();

        await Client.PostAsync(Video, "\u202Egnp.exe", author: "\u202Eevil");

        await Assertions.Expect(window.Comments.Locator("bdi.author")).ToHaveTextAsync("\u202Eevil");
        foreach (var part in new[] { ".author", ".message" })
            Assert.Equal(
                "isolate", await window.Comments.Locator(part).EvaluateAsync<string>("part => getComputedStyle(part).unicodeBidi"));
    }

    [Fact]
    public async Task A_comment_says_who_and_when_exactly()
    {
        await using var window = await WatchAsync();
        var posted = await Client.PostAsync(Video, "Look at the time", author: "Grace Hopper");

        await Assertions.Expect(window.Comments.Locator(".avatar")).ToHaveTextAsync("GH");
        await Assertions.Expect(window.Comments.Locator("time")).ToHaveTextAsync("now");
        await Assertions.Expect(window.Comments.Locator("time")).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex(@"\d:\d\d:\d\d"));
        Assert.Equal(posted.Id, Assert.Single(await window.IdsAsync()));
    }
}
