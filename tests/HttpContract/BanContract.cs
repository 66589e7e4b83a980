using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>People who may not write: on one video, and on all.</summary>
public abstract class BanContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    private static string Owner => ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: ["*"]);

    [Fact]
    public async Task Who_is_banned_is_refused_with_the_reason_and_others_are_not()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        var before = await Client.PostAsAsync(guest, Video);

        using (var answer = await BanAsync(authorId, """{"until":"PT10M","reason":"spam"}"""))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var ban = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(["authorId", "until", "reason", "removed"], ban.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.Equal(authorId, ban.RootElement.GetProperty("authorId").GetString());
            Assert.Equal(0, ban.RootElement.GetProperty("removed").GetInt32());
            Assert.InRange(
                ban.RootElement.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(10));
        }

        using (var refused = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: guest))
        {
            using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
            Assert.Equal("spam", problem.RootElement.GetProperty("reason").GetString());
            Assert.Equal(JsonValueKind.String, problem.RootElement.GetProperty("until").ValueKind);
            await RefusedAsync(refused, 403, "banned");
        }

        var other = await Client.PostAsync(Video, "of another");
        var elsewhere = await Client.PostAsAsync(guest, CommentsClient.NewVideo());
        Assert.Equal(authorId, elsewhere.AuthorId);
        Assert.Equal([before, other], await Client.HistoryAsync(Video));
        // It is no secret to moderators.
        Assert.Equal([authorId], await BannedAsync());
        Assert.Equal([null], await NamesAsync());

        using (var lifted = await Client.SendAsync(HttpMethod.Delete, $"/comments/{Video}/bans/{authorId}", Moderator))
            Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        Assert.Empty(await BannedAsync());
        await Client.PostAsAsync(guest, Video, "again");
    }

    [Fact]
    public async Task A_ban_takes_back_what_was_written_and_no_later_comment_has_an_id()
    {
        using var viewer = await Client.WatchAsync(Video);
        var (spammer, authorId) = await Client.BecomeGuestAsync();
        var stays = await Client.PostAsync(Video, "stays");
        for (var i = 0; i < 5; i++) await Client.PostAsAsync(spammer, Video, $"spam {i}");
        // While the ban is said more come; whichever were acknowledged before it are gone with it.
        var spam = Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", $"more spam {i}"), token: spammer);
            Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
        }));

        using var answer = await BanAsync(authorId, """{"removeSince":"PT1H"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await spam;
        var last = await Client.PostAsync(Video, "last");

        Assert.Equal([stays, last], await Client.HistoryAsync(Video));
        var shown = new List<PostedComment>();
        PostedRemoval? removal = null;
        while (shown.LastOrDefault() != last)
        {
            var item = await viewer.NextAsync();
            if (item.EventType == "comment")
            {
                shown.Add(PostedComment.Parse(item.Data));
                Assert.True(removal is null || shown[^1] == last);
            }
            else
            {
                removal = PostedRemoval.Parse(item.EventId!, item.Data);
                Assert.Equal(authorId, removal.AuthorId);
                shown.RemoveAll(comment => comment.AuthorId == authorId && comment.Number <= long.Parse(removal.To!));
            }
        }

        Assert.Equal([stays, last], shown);
    }

    [Fact]
    public async Task An_address_is_banned_as_moderators_are_shown_it()
    {
        await Client.PostAsync(Video);
        using var page = await Client.GetPageAsync(Video, Moderator);
        var address = PostedPage.Parse(await page.Content.ReadAsStringAsync()).Comments[0].AuthorId!;

        using var answer = await BanAsync(address, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var ban = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        // Addresses change hands.
        Assert.InRange(ban.RootElement.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(24));

        using var refused = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"));
        await RefusedAsync(refused, 403, "banned");
        var (guest, _) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(guest, Video);
    }

    [Fact]
    public async Task A_ban_of_a_guest_may_hold_the_address_which_is_published_nowhere()
    {
        await Client.PostAsync(Video);
        using var page = await Client.GetPageAsync(Video, Moderator);
        var address = PostedPage.Parse(await page.Content.ReadAsStringAsync()).Comments[0].AuthorId!;
        var (guest, authorId) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(guest, Video);

        using (var answer = await BanAsync(authorId, """{"reason":"spam","address":true}"""))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(address, body, StringComparison.Ordinal);
            using var ban = JsonDocument.Parse(body);
            Assert.Equal(
                ["authorId", "until", "reason", "removed", "address"], ban.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.True(ban.RootElement.GetProperty("address").GetBoolean());
            Assert.Equal(JsonValueKind.Null, ban.RootElement.GetProperty("until").ValueKind);
        }

        // The guest has thrown the token away.
        var (again, _) = await Client.BecomeGuestAsync();
        foreach (var token in (string?[])[again, null])
        {
            using var refused = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: token);
            var body = await refused.Content.ReadAsStringAsync();
            Assert.DoesNotContain(address, body, StringComparison.Ordinal);
            Assert.DoesNotContain(authorId, body, StringComparison.Ordinal);
            using var problem = JsonDocument.Parse(body);
            Assert.InRange(
                problem.RootElement.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(24));
            await RefusedAsync(refused, 403, "banned");
        }

        await Client.PostAsAsync(ContractTarget.Issuer.Token(), Video, "of a person whom the site knows");
        await Client.PostAsAsync(again, CommentsClient.NewVideo());
        Assert.Equal([authorId], await BannedAsync());

        using (var lifted = await Client.SendAsync(HttpMethod.Delete, $"/comments/{Video}/bans/{authorId}", Moderator))
            Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        await Client.PostAsAsync(again, Video);
    }

    [Fact]
    public async Task A_ban_with_an_address_that_nobody_knows_holds_the_author_alone_and_says_so()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();

        using var answer = await BanAsync(authorId, """{"address":true}""");

        using var ban = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.False(ban.RootElement.GetProperty("address").GetBoolean());
        using var refused = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: guest);
        await RefusedAsync(refused, 403, "banned");
        await Client.PostAsync(Video);
    }

    [Fact]
    public async Task A_ban_on_all_videos_holds_no_address_and_says_so()
    {
        var (_, authorId) = await Client.BecomeGuestAsync();
        using var answer = await Client.SendAsync(HttpMethod.Put, $"/people/{authorId}/ban", Owner, """{"address":true}""");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["address"], problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await RefusedAsync(answer, 400, "invalid-ban");
    }

    [Fact]
    public async Task A_short_ban_ends_by_itself()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        using var answer = await BanAsync(authorId, """{"until":"PT1S"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await UntilAsync(Video, guest, HttpStatusCode.Created);
        Assert.Empty(await BannedAsync());
    }

    [Fact]
    public async Task A_ban_on_all_videos_holds_everywhere_and_can_be_lifted()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(guest, Video);
        using (var answer = await Client.SendAsync(HttpMethod.Put, $"/people/{authorId}/ban", Owner, """{"reason":"spam"}"""))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // The videos of other owners as well; each looks once a second.
        foreach (var video in (string[])[Video, .. Enumerable.Range(0, 20).Select(_ => CommentsClient.NewVideo())])
            await UntilAsync(video, guest, HttpStatusCode.Forbidden);

        using (var found = await Client.SendAsync(HttpMethod.Get, $"/people/{authorId}/ban", Owner))
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        using (var lifted = await Client.SendAsync(HttpMethod.Delete, $"/people/{authorId}/ban", Owner))
            Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        await UntilAsync(Video, guest, HttpStatusCode.Created);
        using var none = await Client.SendAsync(HttpMethod.Get, $"/people/{authorId}/ban", Owner);
        await RefusedAsync(none, 404, "not-banned");
    }

    [Fact]
    public async Task Only_who_may_bans()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        foreach (var (token, status, type) in ((string?, int, string)[])[(null, 401, "token-needed"), (guest, 403, "insufficient-scope")])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete])
                await RefusedAsync(await Client.SendAsync(method, $"/comments/{Video}/bans/{authorId}", token), status, type);
            await RefusedAsync(await Client.SendAsync(HttpMethod.Get, $"/comments/{Video}/bans", token), status, type);
            await RefusedAsync(await Client.SendAsync(HttpMethod.Put, $"/people/{authorId}/ban", token), status, type);
        }

        await RefusedAsync(await Client.SendAsync(HttpMethod.Put, $"/people/{authorId}/ban", Moderator), 403, "insufficient-scope");
        var ofOne = ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: [Video]);
        await RefusedAsync(await Client.SendAsync(HttpMethod.Put, $"/people/{authorId}/ban", ofOne), 403, "not-for-all-videos");
        await Client.PostAsAsync(guest, Video);
    }

    [Fact]
    public async Task Many_are_banned_at_once_and_others_freed()
    {
        var people = new List<(string Token, string AuthorId)>();
        for (var i = 0; i < 5; i++) people.Add(await Client.BecomeGuestAsync());
        foreach (var (token, _) in people) await Client.PostAsAsync(token, Video, "wave");
        (await BanAsync(people[0].AuthorId, null)).Dispose();
        var wave = string.Join(',', people[1..].Select(person => $$"""
            "{{person.AuthorId}}":{"until":"PT10M","reason":"wave","removeSince":"PT10M","name":"Wave {{person.AuthorId}}"}
            """));

        using (var answer = await ChangeAsync($$"""{{{wave}},"{{people[0].AuthorId}}":null}"""))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var bans = page.RootElement.GetProperty("bans").EnumerateArray().ToList();
            Assert.Equal(people[1..].Select(person => person.AuthorId), bans.Select(ban => ban.GetProperty("authorId").GetString()));
            Assert.All(bans, ban => Assert.Equal(("wave", 1), (ban.GetProperty("reason").GetString(), ban.GetProperty("removed").GetInt32())));
        }

        Assert.Equal(people[1..].Select(person => person.AuthorId).Order(), (await BannedAsync()).Order());
        Assert.Equal(people[1..].Select(person => $"Wave {person.AuthorId}").Order(), (await NamesAsync()).Order());
        Assert.Equal([people[0].AuthorId], (await Client.HistoryAsync(Video)).Select(comment => comment.AuthorId));
        await Client.PostAsAsync(people[0].Token, Video, "again");
        using var refused = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: people[3].Token);
        await RefusedAsync(refused, 403, "banned");
    }

    [Fact]
    public async Task A_name_is_kept_as_long_as_its_ban_and_erased_with_the_person()
    {
        var (max, maxId) = await Client.BecomeGuestAsync();
        var (_, lunaId) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(max, Video, "Hello");
        (await BanAsync(maxId, """{"name":"Max","removeSince":"PT1M"}""")).Dispose();
        (await BanAsync(lunaId, """{"name":"  Luna  "}""")).Dispose();
        Assert.Equal(["Luna", "Max"], (await NamesAsync()).Order());
        (await BanAsync(maxId, """{"name":"Moritz","until":"PT10M"}""")).Dispose();
        Assert.Equal(["Luna", "Moritz"], (await NamesAsync()).Order());

        using (await Client.SendAsync(HttpMethod.Delete, $"/comments/{Video}/bans/{lunaId}", Moderator)) { }
        (await BanAsync(lunaId, null)).Dispose();
        Assert.Equal([null, "Moritz"], (await NamesAsync()).Order());

        using (var erasure = await Client.SendAsync(HttpMethod.Delete, $"/people/{maxId}/comments", Owner))
            Assert.Equal(HttpStatusCode.Accepted, erasure.StatusCode);
        await Patience.UntilAsync(async () => (await NamesAsync()).All(name => name is null));
        Assert.Equal(2, (await BannedAsync()).Count());
    }

    [Theory]
    [InlineData("{}", "people")]
    [InlineData("""{"x":null}""", "x")]
    [InlineData("""{"AAAAAAAAAAA":{"until":"soon"}}""", "AAAAAAAAAAA.until")]
    public async Task Of_many_what_is_not_valid_is_said_by_person_and_none_is_banned(string json, string field)
    {
        using var answer = await ChangeAsync(json);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal([field], problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await RefusedAsync(answer, 400, "invalid-ban");
        Assert.Empty(await BannedAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"AAAAAAAAAAA":true}""")]
    [InlineData("""{"AAAAAAAAAAA":null,"AAAAAAAAAAA":null}""")]
    public async Task What_changes_no_bans_is_refused(string json) => await RefusedAsync(await ChangeAsync(json), 400, "invalid-json");

    [Fact]
    public async Task Only_moderators_change_the_bans_of_many()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        await RefusedAsync(await ChangeAsync($$$"""{"{{{authorId}}}":{}}""", guest), 403, "insufficient-scope");
        Assert.Empty(await BannedAsync());
    }

    [Theory]
    [InlineData("""{"until":"PT0S"}""", "until")]
    [InlineData("""{"until":"P15D"}""", "until")]
    [InlineData("""{"until":"2020-01-01T00:00:00Z"}""", "until")]
    [InlineData("""{"until":"soon"}""", "until")]
    [InlineData("""{"until":"P99999999999999999999D"}""", "until")]
    [InlineData("""{"removeSince":"ever"}""", "removeSince")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"a\u0000"}""", "name")]
    [InlineData("""{"reason":"a\nb"}""", "reason")]
    public async Task What_is_not_valid_is_said_by_field(string json, string field)
    {
        using var answer = await BanAsync("AAAAAAAAAAA", json);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal([field], problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await RefusedAsync(answer, 400, "invalid-ban");
    }

    [Fact]
    public async Task An_id_that_nobody_has_is_refused() =>
        await RefusedAsync(await BanAsync("x", null), 400, "invalid-author-id");

    /// <summary>Posts until the answer is this one; before, it may be that a ban does not hold yet, or still.</summary>
    private Task UntilAsync(string video, string guest, HttpStatusCode expected) => Patience.UntilAsync(async () =>
    {
        using var post = await Client.SendAsync(video, CommentsClient.Body("Ada", "Hello"), token: guest);
        Assert.True(post.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Created, $"{post.StatusCode}");
        return post.StatusCode == expected;
    });

    private Task<HttpResponseMessage> BanAsync(string authorId, string? json) =>
        Client.SendAsync(HttpMethod.Put, $"/comments/{Video}/bans/{authorId}", Moderator, json);

    private Task<HttpResponseMessage> ChangeAsync(string json, string? token = null) =>
        Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/bans", token ?? Moderator, json);

    private Task<IEnumerable<string?>> BannedAsync() => ReadAsync("authorId");

    private Task<IEnumerable<string?>> NamesAsync() => ReadAsync("name");

    private async Task<IEnumerable<string?>> ReadAsync(string member)
    {
        using var answer = await Client.SendAsync(HttpMethod.Get, $"/comments/{Video}/bans", Moderator);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. page.RootElement.GetProperty("bans").EnumerateArray().Select(ban => ban.TryGetProperty(member, out var value) ? value.GetString() : null)];
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, int status, string type) =>
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync((HttpStatusCode)status, answer)).Type);
}
