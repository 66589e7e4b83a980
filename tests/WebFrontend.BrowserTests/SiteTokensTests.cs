using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The sample SiteTokens: a site that knows its users, and its comments from another origin.</summary>
public sealed class SiteTokensTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "LiveComments.SiteTokens.dll");

    [Fact]
    public async Task Who_is_signed_in_at_the_site_writes_under_the_name_that_it_knows()
    {
        var origin = $"http://127.0.0.1:{FreePort.Next()}";
        await RestartAsync([.. ContractTarget.Settings, $"--Http:AllowedOrigins:0={origin}"]);
        await using var site = await ServerProcess.StartAsync(
            Sample, [$"--urls={origin}", $"--Comments={Server}", $"--Key={ContractTarget.Issuer.Key}"]);
        await using var window = await Browser.OpenAsync();
        var page = window.Page;
        await page.GotoAsync(origin);
        await Assertions.Expect(page.GetByLabel("Comment")).ToBeHiddenAsync();

        await page.GetByLabel("Name").FillAsync("Grace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Comment").FillAsync("Hello");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Assertions.Expect(page.Locator("#comments li")).ToHaveTextAsync("Grace ✓: Hello");
        Assert.True(Assert.Single(await Client.HistoryAsync("town-hall")).Verified);
    }
}
