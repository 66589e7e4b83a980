using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Who writes on the page: a guest by itself, or somebody whom a site has signed in.</summary>
public sealed class IdentityPageTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task A_viewer_becomes_a_guest_with_the_first_comment_and_stays_the_same_one()
    {
        await using var window = await WatchAsync();
        await window.SayAsync("before");
        await window.SeesAsync("before");
        await window.Page.ReloadAsync();
        await window.LiveAsync();
        await window.SayAsync("after");
        await window.SeesAsync("after");

        await using var other = await WatchAsync("Grace");
        await other.SayAsync("another");
        await other.SeesAsync("another");

        var authors = (await Client.HistoryAsync(Video)).Select(comment => comment.AuthorId).ToList();
        Assert.Equal(3, authors.Count);
        Assert.DoesNotContain(null, authors);
        Assert.Equal(authors[0], authors[1]);
        Assert.NotEqual(authors[0], authors[2]);
    }

    [Fact]
    public async Task Who_signs_in_writes_under_the_name_that_the_site_vouches_for()
    {
        await using var site = await StartSiteAsync();
        await using var window = await WatchAsync();
        var token = ContractTarget.Issuer.Token(name: "Grace Hoppér", scope: "comments:post comments:moderate");

        await SignInAsync(site, window, token);

        await Assertions.Expect(window.Page.Locator(".sign-in")).ToBeHiddenAsync();
        await Assertions.Expect(window.Page.Locator("#author")).ToHaveValueAsync("Grace Hoppér");
        Assert.DoesNotContain(token, window.Page.Url, StringComparison.Ordinal);
        await window.SayAsync("signed");
        await window.SeesAsync("signed");
        await Assertions.Expect(window.Comments.Locator(".author")).ToHaveTextAsync("Grace Hoppér");
        await Assertions.Expect(window.Comments.Locator(".mark.verified")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Comments.Locator(".mark.role")).ToHaveTextAsync("Moderator");
        Assert.True(Assert.Single(await Client.HistoryAsync(Video)).Verified);

        await window.Page.ReloadAsync();
        await window.LiveAsync();
        await Assertions.Expect(window.Page.Locator("#author")).ToHaveValueAsync("Grace Hoppér");
    }

    [Fact]
    public async Task A_token_from_another_window_or_origin_is_not_taken()
    {
        await using var site = await StartSiteAsync();
        await using var window = await WatchAsync();

        await window.Page.EvaluateAsync("token => postMessage({ token }, '*')", ContractTarget.Issuer.Token());
        await window.SayAsync("not signed");
        await window.SeesAsync("not signed");

        Assert.False(Assert.Single(await Client.HistoryAsync(Video)).Verified);
        await Assertions.Expect(window.Page.Locator(".sign-in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_viewer_whose_token_has_expired_goes_on_as_a_guest()
    {
        await using var site = await StartSiteAsync();
        await using var window = await WatchAsync();
        await SignInAsync(site, window, ContractTarget.Issuer.Token(endsIn: TimeSpan.FromMinutes(-5)));
        await window.SayAsync("late");
        await window.SeesAsync("late");

        var comment = Assert.Single(await Client.HistoryAsync(Video));
        Assert.NotNull(comment.AuthorId);
        Assert.False(comment.Verified);
        await Assertions.Expect(window.Page.Locator(".sign-in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_stream_of_a_private_video_ends_with_the_token_and_goes_on_after_signing_in_again_without_loss()
    {
        await using var site = await StartSiteAsync();
        var video = TestIssuer.PrivatePrefix + Video;
        await using var window = await Browser.OpenAsync();
        await window.Page.GotoAsync(new Uri(Server, $"/videos/{video}").ToString());
        await window.StatusAsync("refused");
        // A minute is borne, of which little is left.
        await SignInAsync(site, window, ContractTarget.Issuer.Token(endsIn: TimeSpan.FromSeconds(-57)));
        await window.LiveAsync();
        await Client.PostAsAsync(ContractTarget.Issuer.Token(), video, "before");
        await window.SeesAsync("before");

        await window.StatusAsync("refused");
        await Client.PostAsAsync(ContractTarget.Issuer.Token(), video, "meanwhile");
        await SignInAsync(site, window, ContractTarget.Issuer.Token());

        await window.SeesAsync("meanwhile");
        Assert.Equal(2, (await window.IdsAsync()).Length);
    }

    [Fact]
    public async Task Each_tab_has_its_own_person_and_sees_the_other()
    {
        await using var site = await StartSiteAsync();
        await using var tabs = await Tabs.OpenAsync(Browser);
        var signedIn = await tabs.WatchAsync(Server, Video);
        var guest = await tabs.WatchAsync(Server, Video);
        await SignInAsync(site, signedIn, ContractTarget.Issuer.Token(name: "Grace"));

        await signedIn.SayAsync("from Grace");
        await guest.SeesAsync("from Grace");
        await guest.SayAsync("from a guest");
        await signedIn.SeesAsync("from a guest");

        Assert.Equal(["Grace", "Ada"], (await Client.HistoryAsync(Video)).Select(comment => comment.Author));
        await Assertions.Expect(guest.Comments.Locator(".mark.verified")).ToHaveCountAsync(1);
    }

    /// <summary>Starts a site that signs viewers in, and a server that takes its tokens.</summary>
    private async Task<ParentSite> StartSiteAsync()
    {
        var site = await ParentSite.StartAsync();
        await RestartAsync([.. ContractTarget.Settings, $"--Auth:SignInUrl={site.Origin}/?from=chat"]);
        return site;
    }

    /// <summary>Signs in: the site's page tells the token to the window that opened it.</summary>
    private static async Task SignInAsync(ParentSite site, Window window, string token)
    {
        site.Show($"<script>opener.postMessage({{ token: '{token}' }}, new URLSearchParams(location.search).get('origin'))</script>");
        await window.Page.EvaluateAsync("() => document.title = 'before'");
        await window.Page.Locator(".sign-in").ClickAsync();
        await Assertions.Expect(window.Page).Not.ToHaveTitleAsync("before");
        await Assertions.Expect(window.Page.Locator(".sign-in")).ToBeHiddenAsync();
    }
}
