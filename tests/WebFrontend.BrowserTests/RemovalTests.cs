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

    [Fact]
    public async Task Where_all_that_is_there_goes_what_is_older_comes()
    {
        var stays = await Client.PostAsAsync(ContractTarget.Issuer.Token("grace"), Video, "older");
        var spam = await Client.PostManyAsync(Video, 400, i => $"spam {i}");
        await using var window = await WatchAsync();
        await window.SeesAsync("spam 399");

        await Client.RemoveManyAsync(Video, Moderator, $$"""{"all":true,"since":"{{spam[0].CreatedAt}}"}""");

        await window.SeesAsync("older");
        Assert.Equal([stays.Id], await window.IdsAsync());
        await window.Page.GetByText("This is where the comments begin.").WaitForAsync();
    }

    [Fact]
    public async Task What_was_removed_while_one_was_away_too_long_is_gone_though_nothing_follows()
    {
        await RestartAsync(["--Streaming:Replay=5", .. ContractTarget.Issuer.Settings]);
        await using var window = await WatchAsync();
        await Client.PostManyAsync(Video, 3, i => $"seen {i}");
        await window.SeesAsync("seen 2");
        await window.Page.Context.SetOfflineAsync(true);
        await Client.PostManyAsync(Video, 40);
        await Client.RemoveManyAsync(Video, Moderator, """{"all":true}""");

        await window.Page.Context.SetOfflineAsync(false);
        await window.LiveAsync();

        await Assertions.Expect(window.Comments).ToHaveCountAsync(0);
        await window.Page.GetByText("No comments yet").WaitForAsync();
    }

    [Fact]
    public async Task What_one_reads_stays_where_it_is_when_comments_above_go_and_the_last_one_in_sight()
    {
        await RestartAsync(["--Limits:PostsPerSecondPerPerson=0", .. ContractTarget.Issuer.Settings]);
        var eve = ContractTarget.Issuer.Token("eve");
        for (var i = 0; i < 50; i++)
        {
            await Client.PostAsync(Video, $"stays {i}");
            await Client.PostAsAsync(eve, Video, $"goes {i}");
        }

        await using var window = await WatchAsync();
        await window.SeesAsync("goes 49");
        // Up, until the last one in sight is one that will go.
        var read = await window.Page.EvaluateAsync<string>(
            """
            () => {
              const log = document.querySelector(".log");
              const inSight = () => [...log.querySelectorAll(".comment[data-id]")]
                .filter(row => row.getBoundingClientRect().top < log.getBoundingClientRect().bottom);
              log.scrollTop -= 600;
              while (!inSight().at(-1).textContent.includes("goes")) log.scrollTop -= 10;
              return inSight().at(-2).dataset.id;
            }
            """);
        await Assertions.Expect(window.ToLatest).ToHaveTextAsync("Latest comments");
        var row = window.Page.Locator($"[data-id='{read}']");
        var place = await row.BoundingBoxAsync();

        var author = (await Client.HistoryAsync(Video))[^1].AuthorId;
        await Client.RemoveManyAsync(Video, Moderator, $$"""{"authorId":"{{author}}"}""");
        await Assertions.Expect(window.Comments.Filter(new() { HasText = "goes" })).ToHaveCountAsync(0);

        Assert.Equal(place!.Y, (await row.BoundingBoxAsync())!.Y, 1.0);
    }

    [Fact]
    public async Task An_own_comment_can_be_deleted_after_a_reload_and_the_keyboard_stays_in_the_log()
    {
        await using var window = await WatchAsync();
        await window.SayAsync("Oops");
        await window.SeesAsync("Oops");
        await Assertions.Expect(window.Comments.Locator(".delete")).ToHaveCountAsync(1);
        await window.Page.ReloadAsync();

        var delete = window.Comments.GetByRole(AriaRole.Button, new() { Name = "Delete your comment" });
        await Assertions.Expect(delete).ToHaveCountAsync(1);
        await delete.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(window.Comments).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator(".log")).ToBeFocusedAsync();
    }
}
