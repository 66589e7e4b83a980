using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Reading back.</summary>
public sealed class HistoryTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private const int Comments = 2_000;

    [Fact]
    public async Task Two_thousand_comments_are_paged_to_the_top_with_none_missing_or_doubled_and_no_jump()
    {
        await Client.PostManyAsync(Video, Comments);
        var history = await Client.HistoryAsync(Video);
        await using var window = await WatchAsync();
        await window.SeesAsync(history[^1].Message);

        var walk = await window.Page.EvaluateAsync<Walk>(Script.Named("walk-to-top"));

        Assert.Equal(history.Select(comment => comment.Id), walk.Ids);
        Assert.Equal(0, walk.Disordered);
        Assert.InRange(walk.LargestJump, 0, 1);
        Assert.InRange(walk.MostRows, 1, 400);
        await window.Page.GetByText("This is where the comments begin.").WaitForAsync();

        await window.ToLatest.ClickAsync();
        await window.SeesAsync(history[^1].Message);
        await Assertions.Expect(window.ToLatest).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_comes_while_one_reads_moves_nothing_and_is_counted()
    {
        var history = await Client.PostManyAsync(Video, 100);
        await using var window = await WatchAsync();
        await window.SeesAsync(history[^1].Message);
        await window.Page.EvaluateAsync("() => { document.querySelector('.log').scrollTop -= 600; }");
        await Assertions.Expect(window.ToLatest).ToHaveTextAsync("Latest comments");
        var read = window.Page.Locator($"[data-id='{history[^12].Id}']");
        await Assertions.Expect(read).ToBeInViewportAsync();
        var place = await read.BoundingBoxAsync();

        await Client.PostAsync(Video, "One more");
        await Assertions.Expect(window.ToLatest).ToHaveTextAsync("1 new comment");
        var last = await Client.PostAsync(Video, "And another");
        await Assertions.Expect(window.ToLatest).ToHaveTextAsync("2 new comments");
        Assert.Equal(place!.Y, (await read.BoundingBoxAsync())!.Y);

        await window.ToLatest.ClickAsync();
        await Assertions.Expect(window.ToLatest).ToBeHiddenAsync();
        await Assertions.Expect(window.Page.Locator($"[data-id='{last.Id}']")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_pointer_over_the_comments_pauses_them()
    {
        await Client.PostManyAsync(Video, 30);
        await using var window = await WatchAsync();
        await window.Comments.Nth(20).HoverAsync();
        await window.Page.Mouse.MoveAsync(1_100, 300);

        var last = await Client.PostAsync(Video, "While it rests");
        await Assertions.Expect(window.ToLatest).ToHaveTextAsync("1 new comment");
        await Assertions.Expect(window.ToLatest).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("paused"));

        await window.Page.Mouse.MoveAsync(300, 300);
        await Assertions.Expect(window.ToLatest).ToBeHiddenAsync();
        await Assertions.Expect(window.Page.Locator($"[data-id='{last.Id}']")).ToBeInViewportAsync();
    }

    private sealed record Walk
    {
        [JsonPropertyName("ids")]
        public string[] Ids { get; init; } = [];

        [JsonPropertyName("disordered")]
        public int Disordered { get; init; }

        [JsonPropertyName("largestJump")]
        public double LargestJump { get; init; }

        [JsonPropertyName("mostRows")]
        public int MostRows { get; init; }
    }
}
