using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Comments that are taken back leave every screen.</summary>
public sealed class RemovalTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");

    [Fact]
    public async Task A_removed_comment_leaves_all_windows_and_is_not_there_after_a_reload()
    {
        await using var ada = await WatchAsync("Ada");
        await using var grace = await WatchAsync("Grace");
        await ada.SayAsync("stays");
        await ada.SayAsync("goes");
        await grace.SeesAsync("goes");

        var history = await Client.HistoryAsync(Video);
        await Client.RemoveAsync(history.Single(comment => comment.Message == "goes"), Moderator);

        foreach (var window in new[] { ada, grace })
        {
            await Assertions.Expect(window.Comments).ToHaveCountAsync(1);
            await Assertions.Expect(window.Comments.Locator(".message")).ToHaveTextAsync("stays");
        }

        await grace.Page.ReloadAsync();
        await Assertions.Expect(grace.Comments).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_author_deletes_an_own_comment_and_is_offered_no_other()
    {
        await using var ada = await WatchAsync("Ada");
        await using var grace = await WatchAsync("Grace");
        await ada.SayAsync("Oops");
        await grace.SeesAsync("Oops");
        var delete = ada.Comments.GetByRole(AriaRole.Button, new() { Name = "Delete your comment" });
        await Assertions.Expect(delete).ToHaveCountAsync(1);
        await Assertions.Expect(grace.Comments.Locator(".delete")).ToHaveCountAsync(0);

        await delete.FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(ada.Comments).ToHaveCountAsync(0);
        await Assertions.Expect(grace.Comments).ToHaveCountAsync(0);
        Assert.Empty(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Everything_goes_at_once_and_the_page_goes_on()
    {
        await Client.PostManyAsync(Video, 120, i => $"spam {i}");
        await using var window = await WatchAsync();
        await window.SeesAsync("spam 119");
        await Client.RemoveManyAsync(Video, Moderator, """{"all":true}""");
        await Client.PostAsync(Video, "kept");

        await Assertions.Expect(window.Comments.Filter(new() { HasText = "spam" })).ToHaveCountAsync(0);
        await Assertions.Expect(window.Comments.Locator(".message")).ToHaveTextAsync("kept");
    }
}
