using System.Text.RegularExpressions;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>How comments are shown, whatever is in them and wherever the page is.</summary>
public sealed partial class PageTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Theory]
    [InlineData("videos")]
    [InlineData("embed")]
    public async Task An_address_may_end_in_a_slash(string page)
    {
        await using var window = await Browser.OpenAsync();
        await window.WatchAsync(Server, $"{Video}/", page: page);
        await Client.PostAsync(Video, "Hello");
        await window.SeesAsync("Hello");
    }

    [Theory]
    [InlineData(7_200_000)]
    [InlineData(-7_200_000)]
    public async Task Times_go_by_the_clock_of_the_server(int wrong)
    {
        await using var window = await Browser.OpenAsync();
        await window.Page.AddInitScriptAsync($"const now = Date.now; Date.now = () => now() + {wrong};");
        await window.WatchAsync(Server, Video);
        await Client.PostAsync(Video, "At this moment");

        await Assertions.Expect(window.Comments.Locator("time")).ToHaveTextAsync("now");
        // It ages as it should, also by a clock for which it is yet to be written.
        await Assertions.Expect(window.Comments.Locator("time")).ToHaveTextAsync(SecondsAgo());
        // A tab that shares another's stream has the server's clock from it.
        var page = await window.Page.Context.NewPageAsync();
        await page.GotoAsync(window.Page.Url);
        await Assertions.Expect(page.Locator(".comment[data-id] time")).ToHaveTextAsync(SecondsAgo());
    }

    [Fact]
    public async Task A_high_comment_is_shown_whole_where_one_asks_for_it()
    {
        // As many lines as there may be, each wider than the window.
        await using var window = await WatchAsync(options: new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await Client.PostAsync(Video, string.Join('\n', Enumerable.Repeat(new string('W', 44), 11)));
        var more = window.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" });
        await more.WaitForAsync();
        var low = (await window.Comments.BoundingBoxAsync())!.Height;
        Assert.InRange(low, 1, 400);

        await more.ClickAsync();
        Assert.InRange((await window.Comments.BoundingBoxAsync())!.Height, 1.5 * low, double.MaxValue);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show less" }).ClickAsync();
        Assert.Equal(low, (await window.Comments.BoundingBoxAsync())!.Height);
    }

    [Fact]
    public async Task What_a_comment_paints_stays_in_its_row()
    {
        await using var window = await WatchAsync();
        await Client.PostAsync(Video, "Z" + string.Concat(Enumerable.Repeat("\u0336", 8)));
        await window.Comments.WaitForAsync();
        // Short for layout, paint and style.
        Assert.Equal("content", await window.Comments.EvaluateAsync<string>("row => getComputedStyle(row).contain"));
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(844, 390)]
    [InlineData(1_024, 768)]
    public async Task Fields_are_large_enough_for_phones_not_to_zoom(int width, int height)
    {
        await using var window = await WatchAsync(
            options: new() { ViewportSize = new() { Width = width, Height = height }, IsMobile = true, HasTouch = true });
        foreach (var field in new[] { "#author", "#message" })
        {
            var size = await window.Page.Locator(field).EvaluateAsync<double>("field => parseFloat(getComputedStyle(field).fontSize)");
            Assert.InRange(size, 16, 40);
        }
    }

    [Fact]
    public async Task The_same_words_twice_are_two_announcements()
    {
        await using var window = await WatchAsync();
        var status = window.Page.Locator(".composer-status");
        await window.SayAsync("");
        await Assertions.Expect(status).ToHaveTextAsync("Write something first.");
        var first = await status.TextContentAsync();

        await window.SayAsync("");

        await Assertions.Expect(status).ToHaveTextAsync("Write something first.");
        Assert.NotEqual(first, await status.TextContentAsync());
    }

    [Fact]
    public async Task An_overlay_is_nothing_but_the_comments()
    {
        await using var window = await Browser.OpenAsync();
        await window.Page.GotoAsync(new Uri(Server, $"/embed/{Video}?as=overlay").ToString());
        await Client.PostAsync(Video, "Over the picture");

        await window.SeesAsync("Over the picture");
        Assert.Equal(0, await window.Page.Locator("form, header").CountAsync());
        foreach (var part in new[] { "html", "body", ".chat", ".log" })
        {
            var color = await window.Page.Locator(part).EvaluateAsync<string>("part => getComputedStyle(part).backgroundColor");
            Assert.Equal("rgba(0, 0, 0, 0)", color);
        }

        await Screenshots.TakeAsync(window, "embed-overlay");
    }

    [Fact]
    public async Task An_embed_may_be_for_reading_only()
    {
        await using var window = await Browser.OpenAsync();
        await window.Page.GotoAsync(new Uri(Server, $"/embed/{Video}?as=read-only").ToString());
        await window.LiveAsync();
        await Client.PostAsync(Video, "To be read");

        await window.SeesAsync("To be read");
        Assert.Equal(0, await window.Page.Locator("form").CountAsync());
    }

    [Fact]
    public async Task A_form_that_there_is_not_is_told_so()
    {
        using var http = new HttpClient { BaseAddress = Server };
        using var answer = await http.GetAsync($"/embed/{Video}?as=poster");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Send overlay or read-only, or leave it out.", await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("^\\d+s ago$")]
    private static partial Regex SecondsAgo();
}
