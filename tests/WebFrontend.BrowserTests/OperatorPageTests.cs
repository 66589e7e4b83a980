using System.Text.RegularExpressions;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>What an operator sees.</summary>
public sealed class OperatorPageTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task It_follows_the_node_and_comes_back_after_a_restart()
    {
        await RestartAsync();
        await using var crowd = new Crowd(Client);
        await crowd.JoinAsync(Video, 3);
        await using var window = await Browser.OpenAsync();
        await window.Page.GotoAsync(new Uri(Server, "/ops").ToString());
        await Assertions.Expect(Card("Viewers").Locator(".value")).ToHaveTextAsync("3");

        await Client.PostManyAsync(Video, 20);
        using var refused = await Client.SendAsync(Video, CommentsClient.Body("", ""));

        await Assertions.Expect(Fact("comments")).ToHaveTextAsync("20");
        await Assertions.Expect(Fact("deliveries")).ToHaveTextAsync("60");
        await Assertions.Expect(Row(".videos", Video).Locator("td").First).ToHaveTextAsync("3");
        await Assertions.Expect(Row(".refusals", "Post: not valid").Locator("td")).ToHaveTextAsync(["1", "1"]);
        await Assertions.Expect(Card("End to end").Locator(".value")).ToHaveTextAsync(new Regex(@"^[\d.,]+ ms$"));
        await Assertions.Expect(Card("Append").Locator(".value")).ToHaveTextAsync(new Regex(@"^[\d.,]+ ms$"));
        await Assertions.Expect(Fact("store")).ToHaveTextAsync(new Regex("[KM]B$"));

        await KillAsync();
        await Assertions.Expect(window.Page.Locator(".node-state")).ToHaveTextAsync("No news from the node");
        await RestartAsync();
        await Assertions.Expect(window.Page.Locator(".node-state")).ToHaveTextAsync("Live");
        await Assertions.Expect(Fact("comments")).ToHaveTextAsync("0");

        ILocator Card(string name) => window.Page.Locator(".card").Filter(new() { HasText = name });
        ILocator Fact(string name) => window.Page.Locator($"[data-fact='{name}']");
        ILocator Row(string table, string name) => window.Page.Locator($"{table} tbody tr").Filter(new() { HasText = name });
    }
}
