using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>The modes of a video: who may post what, how that is said and changed, and that whoever watches is told.</summary>
public abstract class ModesContract(ContractTarget target) : ContractTests(target)
{
    private static readonly string[] Members = ["slowSeconds", "mayPost", "establishedMinutes", "uniqueSeconds", "links", "holdAll", "delaySeconds", "state"];

    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task Without_a_change_everybody_may_post_and_viewers_are_told_nothing()
    {
        using var answer = await ReadAsync();
        Assert.Equal("\"0\"", answer.Headers.ETag?.ToString());
        Assert.Equal("""{"slowSeconds":0,"mayPost":"everyone","establishedMinutes":10,"uniqueSeconds":0,"links":"text","holdAll":false,"delaySeconds":0,"state":"open"}""",
            await answer.Content.ReadAsStringAsync());

        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video, "https://example.org/");
        Assert.Equal(comment, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task A_change_is_told_to_who_watches_and_to_who_joins_also_back_to_the_defaults()
    {
        using var viewer = await Client.WatchAsync(Video);
        var first = await Client.PostAsync(Video);
        Assert.Equal(first, await viewer.NextCommentAsync());

        var slow = await ChangeAsync("""{"slowSeconds":30}""");
        Assert.Equal(slow, await NextSettingsAsync(viewer));
        using var joined = await Client.WatchAsync(Video);
        Assert.Equal(slow, await NextSettingsAsync(joined));
        Assert.Equal(first, await joined.NextCommentAsync());
        using var resumed = await Client.WatchAsync(Video, lastEventId: first.Id);
        Assert.Equal(slow, await NextSettingsAsync(resumed));

        var usual = await ChangeAsync("""{"slowSeconds":null}""");
        Assert.Contains("\"slowSeconds\":0", usual);
        foreach (var one in (SseViewer[])[viewer, joined, resumed]) Assert.Equal(usual, await NextSettingsAsync(one));
        var last = await Client.PostAsync(Video);
        foreach (var one in (SseViewer[])[viewer, joined, resumed]) Assert.Equal(last, await one.NextCommentAsync());
    }

    [Fact]
    public async Task In_slow_mode_one_person_posts_once_in_so_many_seconds_and_moderators_as_they_like()
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(guest, Video);
        await ChangeAsync("""{"slowSeconds":300}""");

        // What was posted before counts.
        using (var answer = await PostAsAsync(guest))
        {
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300));
            await RefusedAsync(answer, 429, "slow-mode");
        }

        var (other, _) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(other, Video);
        await RefusedAsync(await PostAsAsync(other), 429, "slow-mode");
        // Those of one address without a token are one.
        await Client.PostAsync(Video);
        await RefusedAsync(await PostAsAsync(null), 429, "slow-mode");
        for (var i = 0; i < 2; i++) await Client.PostAsAsync(Moderator, Video);
        Assert.Equal(5, (await Client.HistoryAsync(Video)).Count);
    }

    [Fact]
    public async Task Slow_mode_ends_by_itself()
    {
        await ChangeAsync("""{"slowSeconds":1}""");
        await Client.PostAsync(Video);
        await Patience.UntilAsync(async () =>
        {
            using var answer = await PostAsAsync(null);
            Assert.True(answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Created, $"{answer.StatusCode}");
            return answer.StatusCode == HttpStatusCode.Created;
        });
    }

    [Fact]
    public async Task Of_posts_that_come_together_slow_mode_takes_one()
    {
        await ChangeAsync("""{"slowSeconds":300}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PostAsAsync(null, $"{i}")));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var answer in answers) answer.Dispose();
        Assert.Single(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_repeat_under_its_key_is_no_second_post()
    {
        await ChangeAsync("""{"slowSeconds":300,"uniqueSeconds":300}""");
        var first = await Client.PostAsync(Video, key: "key");
        await ChangeAsync("""{"state":"ended"}""");
        using var again = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), "key");
        Assert.Equal(first, await CommentsClient.CommentOfAsync(HttpStatusCode.OK, again));
    }

    [Theory]
    [InlineData("signedIn", "sign-in-required")]
    [InlineData("moderators", "moderators-only")]
    [InlineData("nobody", "nobody-may-post")]
    [InlineData("established", "not-established")]
    public async Task Who_may_post_is_said_and_others_are_refused(string mayPost, string type)
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        await ChangeAsync($$"""{"mayPost":"{{mayPost}}"}""");

        await RefusedAsync(await PostAsAsync(guest), 403, type);
        await RefusedAsync(await PostAsAsync(null), 403, type);
        var person = ContractTarget.Issuer.Token("person", scope: "comments:post");
        if (mayPost is "signedIn" or "established") await Client.PostAsAsync(person, Video);
        else await RefusedAsync(await PostAsAsync(person), 403, type);
        await Client.PostAsAsync(Moderator, Video);
        await ChangeAsync("""{"mayPost":"everyone"}""");
        await Client.PostAsAsync(guest, Video);
    }

    [Fact]
    public async Task A_new_guest_is_told_from_when_on_and_somebody_without_a_token_that_it_takes_one()
    {
        var before = DateTimeOffset.UtcNow;
        var (guest, _) = await Client.BecomeGuestAsync();
        await ChangeAsync("""{"mayPost":"established","establishedMinutes":60}""");

        using (var answer = await PostAsAsync(guest))
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            // A token knows whole seconds.
            Assert.InRange(
                problem.RootElement.GetProperty("at").GetDateTimeOffset(),
                before.AddMinutes(60).AddSeconds(-1),
                DateTimeOffset.UtcNow.AddMinutes(60));
        }

        using var anonymous = await PostAsAsync(null);
        using var other = JsonDocument.Parse(await anonymous.Content.ReadAsStringAsync());
        Assert.False(other.RootElement.TryGetProperty("at", out _));
    }

    [Fact]
    public async Task A_new_account_of_a_site_waits_as_a_new_guest_does_if_its_token_says_since_when_it_exists()
    {
        await ChangeAsync("""{"mayPost":"established","establishedMinutes":60}""");
        var now = DateTimeOffset.UtcNow;

        using (var answer = await PostAsAsync(Account(now)))
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(now.AddMinutes(60).ToUnixTimeSeconds(), problem.RootElement.GetProperty("at").GetDateTimeOffset().ToUnixTimeSeconds());
            await RefusedAsync(answer, 403, "not-established");
        }

        await RefusedAsync(await PostAsAsync(Account(now.AddYears(1_000))), 403, "not-established");
        await Client.PostAsAsync(Account(now.AddHours(-1)), Video);
        await Client.PostAsAsync(Account(now, "comments:post comments:moderate"), Video);
        await ChangeAsync("""{"mayPost":"signedIn"}""");
        await Client.PostAsAsync(Account(now), Video);
    }

    [Fact]
    public async Task A_short_text_of_the_same_person_is_taken_once_however_it_is_dressed_up()
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        await ChangeAsync("""{"uniqueSeconds":3600}""");
        await Client.PostAsAsync(guest, Video, "Hello World");

        foreach (var text in (string[])[" HELLO world ", "Hello, World!!!", "Heeello\u200B World 🔥", "Hеllо Wоrld"])
            await RefusedAsync(await PostAsAsync(guest, text), 409, "repeated-message");
        foreach (var text in (string[])["2-0", "2-1", "🔥", "🔥🔥"]) await Client.PostAsAsync(guest, Video, text);
        await Client.PostAsync(Video, "Hello World");
        for (var i = 0; i < 2; i++) await Client.PostAsAsync(Moderator, Video, "Hello World");
    }

    [Fact]
    public async Task A_long_text_is_taken_once_whoever_writes_it_and_whatever_the_numbers_in_it()
    {
        await ChangeAsync("""{"uniqueSeconds":3600}""");
        await Client.PostAsync(Video, "Get your 100 free tickets here", key: "key");

        for (var i = 0; i < 3; i++)
        {
            var (guest, _) = await Client.BecomeGuestAsync();
            await RefusedAsync(await PostAsAsync(guest, $"GET your {i} free tickets, here"), 409, "repeated-message");
            await Client.PostAsAsync(guest, Video, "gg");
        }

        using var again = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Get your 100 free tickets here"), "key");
        await CommentsClient.CommentOfAsync(HttpStatusCode.OK, again);
    }

    [Fact]
    public async Task Links_may_be_refused()
    {
        await ChangeAsync("""{"links":"refuse"}""");
        foreach (var text in (string[])["see https://example.org", "WWW.example.org", "at example.org/path", "free-coins.shop", "бесплатно．рф!"])
            await RefusedAsync(await PostAsAsync(null, text), 403, "no-links");
        await Client.PostAsync(Video, "and/or, 1.5/2, v1.2, node.js and e.g. this.Now what");
        await Client.PostAsAsync(Moderator, Video, "https://example.org");
    }

    [Fact]
    public async Task A_video_can_be_read_only_and_ended()
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        await ChangeAsync("""{"state":"readOnly"}""");
        await RefusedAsync(await PostAsAsync(guest), 403, "read-only");
        await Client.PostAsAsync(Moderator, Video);

        await ChangeAsync("""{"state":"ended"}""");
        foreach (var token in (string?[])[null, guest, Moderator]) await RefusedAsync(await PostAsAsync(token), 403, "ended");
        await ChangeAsync("""{"state":"open"}""");
        await Client.PostAsAsync(guest, Video);
    }

    [Fact]
    public async Task What_a_patch_leaves_out_stays_and_null_is_the_default()
    {
        await ChangeAsync("""{"slowSeconds":5,"establishedMinutes":60}""");
        await ChangeAsync("""{"uniqueSeconds":7}""", "application/merge-patch+json");
        Assert.Equal(
            """{"slowSeconds":5,"mayPost":"everyone","establishedMinutes":10,"uniqueSeconds":7,"links":"text","holdAll":false,"delaySeconds":0,"state":"open"}""",
            await ChangeAsync("""{"establishedMinutes":null,"state":null}"""));
        using var answer = await ReadAsync();
        Assert.Equal(await ChangeAsync("{}"), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Calm_is_several_at_once_and_what_is_named_beside_it_stands()
    {
        await ChangeAsync("""{"establishedMinutes":60,"state":"ended"}""");
        Assert.Equal(
            """{"slowSeconds":9,"mayPost":"established","establishedMinutes":60,"uniqueSeconds":300,"links":"refuse","holdAll":false,"delaySeconds":0,"state":"ended"}""",
            await ChangeAsync("""{"slowSeconds":9,"preset":"calm"}"""));
    }

    [Fact]
    public async Task A_change_may_be_for_one_version_alone()
    {
        using var first = await PatchAsync("""{"slowSeconds":1}""", ifMatch: "\"0\"");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var version = first.Headers.ETag!.ToString();
        using (var read = await ReadAsync()) Assert.Equal(version, read.Headers.ETag?.ToString());
        using var second = await PatchAsync("""{"slowSeconds":2}""", ifMatch: version);
        Assert.NotEqual(version, second.Headers.ETag?.ToString());

        await RefusedAsync(await PatchAsync("""{"slowSeconds":3}""", ifMatch: version), 412, "settings-changed");
        await RefusedAsync(await PatchAsync("""{"slowSeconds":3}""", ifMatch: "\"x\""), 412, "settings-changed");
        await RefusedAsync(await PatchAsync("""{"slowSeconds":3}""", ifMatch: "x"), 400, "invalid-parameter");
        using var any = await PatchAsync("""{"slowSeconds":2}""", ifMatch: "*");
        Assert.Contains("\"slowSeconds\":2", await any.Content.ReadAsStringAsync());
        // Nothing was changed, so it is the same version.
        Assert.Equal(second.Headers.ETag, any.Headers.ETag);
    }

    [Theory]
    [InlineData("""{"slowSeconds":301}""", "slowSeconds")]
    [InlineData("""{"slowSeconds":-1}""", "slowSeconds")]
    [InlineData("""{"slowSeconds":1.5}""", "slowSeconds")]
    [InlineData("""{"slowSeconds":"30"}""", "slowSeconds")]
    [InlineData("""{"establishedMinutes":0}""", "establishedMinutes")]
    [InlineData("""{"establishedMinutes":10081}""", "establishedMinutes")]
    [InlineData("""{"uniqueSeconds":3601}""", "uniqueSeconds")]
    [InlineData("""{"mayPost":"SignedIn"}""", "mayPost")]
    [InlineData("""{"mayPost":2}""", "mayPost")]
    [InlineData("""{"links":"keep"}""", "links")]
    [InlineData("""{"holdAll":1}""", "holdAll")]
    [InlineData("""{"state":"closed"}""", "state")]
    [InlineData("""{"preset":"wild"}""", "preset")]
    [InlineData("""{"delaySeconds":31}""", "delaySeconds")]
    [InlineData("""{"holdSeconds":3}""", "holdSeconds")]
    public async Task What_is_not_valid_is_said_by_member_and_changes_nothing(string json, string member)
    {
        using var answer = await PatchAsync(json);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal([member], problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await RefusedAsync(answer, 400, "invalid-settings");
        using var read = await ReadAsync();
        Assert.Equal("\"0\"", read.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData("""{"slowSeconds":1,"slowSeconds":2}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{""")]
    public async Task What_is_no_object_is_refused(string json) =>
        await RefusedAsync(await PatchAsync(json), 400, "invalid-json");

    [Fact]
    public async Task Only_who_may_changes_and_who_may_read_the_video_reads_them()
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        await RefusedAsync(await PatchAsync("{}", token: ""), 401, "token-needed");
        await RefusedAsync(await PatchAsync("{}", token: guest), 403, "insufficient-scope");
        using var text = await PatchAsync("{}", type: "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);

        var hidden = $"{TestIssuer.PrivatePrefix}{Guid.NewGuid():N}";
        await RefusedAsync(await Client.SendAsync(HttpMethod.Get, $"/comments/{hidden}/settings", null), 401, "token-needed");
        var reader = ContractTarget.Issuer.Token("reader", scope: "comments:read", videos: [hidden]);
        using var read = await Client.SendAsync(HttpMethod.Get, $"/comments/{hidden}/settings", reader);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    private static string Account(DateTimeOffset since, string scope = "comments:post") => ContractTarget.Issuer.Token(
        "account", scope: scope, more: new Dictionary<string, object> { ["since"] = since.ToUnixTimeSeconds() });

    private static async Task<string> NextSettingsAsync(SseViewer viewer)
    {
        var item = await viewer.NextAsync();
        Assert.Equal("settings", item.EventType);
        using var settings = JsonDocument.Parse(item.Data);
        Assert.Equal(Members, settings.RootElement.EnumerateObject().Select(member => member.Name));
        return item.Data;
    }

    private Task<HttpResponseMessage> PostAsAsync(string? token, string message = "Hello") =>
        Client.SendAsync(Video, CommentsClient.Body("Ada", message), token: token);

    private Task<HttpResponseMessage> ReadAsync() => Client.SendAsync(HttpMethod.Get, $"/comments/{Video}/settings", null);

    private async Task<string> ChangeAsync(string json, string type = "application/json")
    {
        using var answer = await PatchAsync(json, type: type);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
        return body;
    }

    private async Task<HttpResponseMessage> PatchAsync(
        string json, string? ifMatch = null, string? token = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/comments/{Video}/settings")
        {
            Content = new StringContent(json, new MediaTypeHeaderValue(type)),
            Version = Target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (ifMatch is not null) Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        if (token != "") request.Headers.Authorization = new("Bearer", token ?? Moderator);
        return await Client.Posts.SendAsync(request);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, int status, string type) =>
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync((HttpStatusCode)status, answer)).Type);
}
