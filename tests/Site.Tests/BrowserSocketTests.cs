using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>A WebSocket where browsers come: by TLS, at nginx.</summary>
[Collection(SharedSiteCollection.Name)]
public sealed class BrowserSocketTests(SharedSite shared)
{
    [Fact]
    public async Task A_page_of_the_site_follows_and_posts_on_it()
    {
        var target = new ContractTarget(shared.Site.PublicAddress);
        using var viewer = await SocketViewer.JoinAsync(target, CommentsClient.NewVideo(), "?backlog=0", options =>
            options.SetRequestHeader("Origin", shared.Site.PublicAddress.GetLeftPart(UriPartial.Authority)));

        await viewer.SendAsync("""{"type":"post","key":"k","author":"Ada","message":"Hello"}""");

        var types = new List<string?>();
        while (!types.Contains("comment") || !types.Contains("posted"))
        {
            using var text = await viewer.NextAsync();
            types.Add(text.RootElement.GetProperty("type").GetString());
        }

        Assert.Equal(1, types.Count(type => type == "comment"));
    }
}
