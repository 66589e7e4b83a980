using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>A moderator pins a comment, and all see it above the others.</summary>
public sealed class PinTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task What_is_pinned_stands_above_all_until_it_is_removed()
    {
        var comment = await Client.PostAsync(Video, "Read this first");
        await using var viewer = await WatchAsync();
        await viewer.SeesAsync("Read this first");
        await Assertions.Expect(Pinned(viewer)).ToBeHiddenAsync();

        using (await Client.SendAsync(HttpMethod.Put, $"/comments/{Video}/pin", Moderator, $$"""{"id":"{{comment.Id}}"}""")) { }
        await Assertions.Expect(Pinned(viewer)).ToContainTextAsync("Read this first");
        await Client.PostManyAsync(Video, 220);
        await using var late = await WatchAsync("Grace");
        await Assertions.Expect(Pinned(late)).ToContainTextAsync("Read this first");
        await Assertions.Expect(Pinned(late).GetByRole(AriaRole.Button, new() { Name = "Unpin" })).ToHaveCountAsync(0);

        await Pinned(late).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(late.Page.Locator($".comment[data-id='{comment.Id}']")).ToBeFocusedAsync();
        await Client.RemoveAsync(comment, Moderator);
        foreach (var window in (Window[])[viewer, late])
        {
            await Assertions.Expect(Pinned(window)).ToBeHiddenAsync();
            Assert.DoesNotContain("Read this first", await window.Page.ContentAsync(), StringComparison.Ordinal);
        }
    }

    private static ILocator Pinned(Window window) => window.Page.Locator(".pinned");
}
