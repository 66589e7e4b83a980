using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Every page in every form, as a picture for people to look at. <c>test.sh</c> takes no pictures.</summary>
[Trait("Makes", "pictures")]
public sealed class ScreenshotTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private static readonly (string Author, string Message)[] Conversation =
    [
        ("Grace Hopper", "Is that the harbour from last year?"),
        ("Tomás", "What a light 🌅"),
        ("linus_w", "That boat has been tacking for ten minutes now"),
        ("Amina Diallo", "It is the same harbour, but the jetty is new. They rebuilt it after the storm in March, and moved the lighthouse, too."),
        ("Ελένη", "Τι όμορφο ηλιοβασίλεμα"),
        ("Kai", "hello from Lisbon 👋"),
        ("Noa", "who is steering?"),
        ("Margaret H.", "The skipper said in the chat before: his daughter. First time out alone!"),
        ("ليلى", "ما أجمل هذا المنظر"),
        ("Tomás", "she is doing great"),
        ("Priya", "wind is picking up, look at the water"),
        ("Jonas Berg", "8 knots from the south west\nand rising until seven"),
        ("Kai", "👏👏👏"),
        ("Amina Diallo", "There she goes, straight through the sun"),
    ];

    /// <summary>A name that one would give.</summary>
    protected override string Video => "harbour-regatta";

    private async Task ConverseAsync()
    {
        foreach (var (author, message) in Conversation) await Client.PostAsync(Video, message, author);
    }

    /// <summary>Pictures are of a server that nobody else uses.</summary>
    public override Task InitializeAsync() => RestartAsync();

    private static BrowserNewContextOptions Look(ViewportSize size, ColorScheme scheme) =>
        new() { ViewportSize = size, ColorScheme = scheme, DeviceScaleFactor = size.Width < 500 ? 2 : 1 };

    [Fact]
    public async Task The_watch_page()
    {
        await ConverseAsync();
        foreach (var (name, size, scheme, author, message) in new[]
        {
            ("watch-desktop", ScreenSize.Desktop, ColorScheme.Light, "Ada", "Straight into the evening, how lovely"),
            ("watch-dark", ScreenSize.Desktop, ColorScheme.Dark, "Noa", "I could watch this for hours"),
            ("watch-phone", ScreenSize.Phone, ColorScheme.Light, "Ada", "Same here 😌"),
            ("watch-phone-dark", ScreenSize.Phone, ColorScheme.Dark, "Kai", "Goodnight from Lisbon"),
        })
        {
            await using var window = await WatchAsync(author, Look(size, scheme));
            await window.SayAsync(message);
            await window.SeesAsync(message);
            await Assertions.Expect(window.Page.Locator(".pending")).ToHaveCountAsync(0);
            await Screenshots.TakeAsync(window, name);
        }
    }

    [Fact]
    public async Task The_full_screen()
    {
        await ConverseAsync();
        foreach (var (name, size) in new[] { ("watch-full-screen", ScreenSize.Desktop), ("watch-full-screen-phone", ScreenSize.Phone) })
        {
            await using var window = await WatchAsync("Ada", Look(size, ColorScheme.Light));
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "Full screen" }).ClickAsync();
            await window.SeesAsync("There she goes");
            await Screenshots.TakeAsync(window, name);
        }
    }

    [Fact]
    public async Task The_embedded_chat()
    {
        await ConverseAsync();
        foreach (var (name, scheme) in new[] { ("embed", ColorScheme.Light), ("embed-dark", ColorScheme.Dark) })
        {
            await using var window = await Browser.OpenAsync(Look(ScreenSize.Frame, scheme));
            await window.WatchAsync(Server, Video, page: "embed");
            await window.SeesAsync("There she goes");
            await Screenshots.TakeAsync(window, name);
        }
    }

    [Fact]
    public async Task Trouble()
    {
        await ConverseAsync();
        await RestartAsync("--Limits:PostsPerSecond=1", "--Limits:PostBurst=1");
        await using var window = await WatchAsync();
        await window.SayAsync("One");
        await window.SeesAsync("One");
        await window.SayAsync("Two at once");
        await Assertions.Expect(window.Page.Locator(".composer-status")).ToHaveTextAsync("You are sending too fast.");
        await Screenshots.TakeAsync(window, "watch-too-fast");
        await KillAsync();
        await window.StatusAsync("reconnecting");
        await Screenshots.TakeAsync(window, "watch-reconnecting");
    }

    [Fact]
    public async Task The_moderators_page()
    {
        await RestartAsync(ContractTarget.Issuer.Settings);
        var moderator = ContractTarget.Issuer.Token("grace", name: "Grace Hopper", scope: "comments:moderate comments:post");
        await SetAsync(moderator, """{"links":"hold"}""");
        foreach (var message in new[] { "cheap watches at www.example.org", "the start list: https://sail.example/list" })
            using (await Client.SendAsync(Video, CommentsClient.Body("Jonas Berg", message))) { }
        using (await Client.SendAsync(HttpMethod.Put, $"/comments/{Video}/bans/q83vASNFZ4k", moderator, """{"until":"PT10M","reason":"spam"}""")) { }
        foreach (var (author, message) in Conversation)
            await Client.PostAsAsync(ContractTarget.Issuer.Token(author, name: author), Video, message);
        foreach (var (name, size, scheme) in new[]
        {
            ("moderate-desktop", ScreenSize.Desktop, ColorScheme.Light),
            ("moderate-dark", ScreenSize.Desktop, ColorScheme.Dark),
            ("moderate-phone", ScreenSize.Phone, ColorScheme.Light),
        })
        {
            await using var window = await Browser.OpenAsync(Look(size, scheme));
            await window.Page.GotoAsync(new Uri(Server, $"/moderate/{Video}#token={moderator}").ToString());
            await window.SeesAsync("There she goes");
            await Assertions.Expect(window.Page.Locator(".held > li")).ToHaveCountAsync(2);
            await Assertions.Expect(window.Page.Locator(".people li")).Not.ToHaveCountAsync(1);
            await window.Page.Keyboard.PressAsync("k");
            await window.Page.Keyboard.PressAsync("k");
            await Screenshots.TakeAsync(window, name);
        }
    }

    [Fact]
    public async Task The_moderators_page_in_a_wave()
    {
        await RestartAsync(["--Limits:PostsPerSecond=0", .. ContractTarget.Issuer.Settings]);
        var moderator = ContractTarget.Issuer.Token("grace", name: "Grace Hopper", scope: "comments:moderate comments:post");
        var talk = Conversation.ToArray();
        for (var i = 0; i < 60; i++)
        {
            var (author, message) = talk[i % talk.Length];
            if (i % 3 == 0) await Client.PostAsAsync(ContractTarget.Issuer.Token(author, name: author), Video, message);
            await Client.PostAsAsync(
                ContractTarget.Issuer.Token($"wave-{i}", name: $"luna_{i * 7919 % 1000:000}"), Video, $"the skipper is a liar, ask about the money {i}");
        }

        await using var window = await Browser.OpenAsync(Look(ScreenSize.Desktop, ColorScheme.Light));
        await window.Page.GotoAsync(new Uri(Server, $"/moderate/{Video}#token={moderator}").ToString());
        await window.SeesAsync("money 59");
        foreach (var key in new[] { "k", "l", "b" }) await window.Page.Keyboard.PressAsync(key);
        await Assertions.Expect(window.Page.Locator("dialog.ask")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(window, "moderate-wave");
    }

    private async Task SetAsync(string moderator, string json)
    {
        using var answer = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", moderator, json);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_operator_page()
    {
        await using var crowd = new Crowd(Client);
        foreach (var (video, viewers) in new[] { (Video, 40), ("evening-news", 25), ("north-pier", 10), ("quiet-bay", 3) })
            await crowd.JoinAsync(video, viewers);
        using var refused = await Client.SendAsync(Video, CommentsClient.Body("", ""));
        crowd.Talk();
        foreach (var (name, size, scheme) in new[]
        {
            ("ops-desktop", ScreenSize.Desktop, ColorScheme.Light),
            ("ops-dark", ScreenSize.Desktop, ColorScheme.Dark),
            ("ops-phone", ScreenSize.Phone, ColorScheme.Dark),
        })
        {
            await using var window = await Browser.OpenAsync(Look(size, scheme));
            await window.Page.GotoAsync(new Uri(Server, "/ops").ToString());
            await Assertions.Expect(window.Page.Locator(".node-state")).ToHaveTextAsync("Live");
            await window.Page.Locator(".line-0[d*='L']").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await Assertions.Expect(window.Page.Locator(".videos tbody tr")).ToHaveCountAsync(4);
            // Enough seconds for charts that show something.
            await window.Page.WaitForFunctionAsync("() => document.querySelector('.line-0').getAttribute('d').split('L').length > 12");
            await Screenshots.TakeAsync(window, name, whole: true);
        }
    }

    [Fact]
    public async Task The_Orleans_Dashboard()
    {
        await using var cluster = new SmallCluster();
        var node = await cluster.StartAsync("node");
        using var client = new CommentsClient(new(node.Address));
        await using var crowd = new Crowd(client);
        foreach (var (video, viewers) in new[] { (Video, 40), ("evening-news", 25), ("north-pier", 10) }) await crowd.JoinAsync(video, viewers);
        crowd.Talk();
        await using var window = await Browser.OpenAsync(Look(new() { Width = 1280, Height = 1080 }, ColorScheme.Light));
        window.Expect(DashboardTests.NotCountedYet);
        await window.Page.GotoAsync(new Uri(node.Address, "/dashboard").ToString());
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync("LiveVideoGrain");
        // Enough seconds for charts that show something.
        await window.Page.EvaluateAsync(Script.Named("wait-for-cluster-stats")).InTime();
        await Screenshots.TakeAsync(window, "dashboard");
    }
}
