using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Comments that wait for a moderator: nobody else sees them, they are decided on once, and their authors are told.</summary>
public abstract class HeldContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    private string Queue => $"/comments/{Video}/held";

    [Fact]
    public async Task One_is_nowhere_until_it_is_published_and_then_it_is_a_comment_like_any_other()
    {
        using var viewer = await Client.WatchAsync(Video);
        await HoldAllAsync();
        var held = await HoldAsync("wait");

        Assert.Empty(await Client.HistoryAsync(Video));
        Assert.Equal(("held", null), await StatusAsync(held));
        var shown = Assert.Single(await QueueAsync());
        Assert.False(shown.TryGetProperty("word", out _));
        Assert.Equal((held, "wait", "hold-all", Video), (Text(shown, "id"), Text(shown, "message"), Text(shown, "reason"), Text(shown, "liveVideoId")));

        var published = await DecideAsync(held, "publish");
        Assert.Equal("published", Text(published, "status"));
        var id = Text(published, "id");
        var comment = await EntryAsync(viewer);
        Assert.Equal((id, "wait"), (comment.Id, comment.Message));
        Assert.Equal([comment], await Client.HistoryAsync(Video));
        Assert.Equal(("published", id), await StatusAsync(held));
        Assert.Empty(await QueueAsync());

        // To decide again is to ask. Otherwise it is too late.
        Assert.Equal(id, Text(await DecideAsync(held, "publish"), "id"));
        await RefusedAsync(await SendDecisionAsync(held, "refuse"), HttpStatusCode.Conflict, "decided-otherwise");
        Assert.Single(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task One_that_is_refused_is_gone_and_its_author_is_told()
    {
        await HoldAllAsync();
        var (refused, other) = (await HoldAsync("no"), await HoldAsync("yes"));

        Assert.Equal("refused", Text(await DecideAsync(refused, "refuse"), "status"));
        Assert.Equal(("refused", null), await StatusAsync(refused));
        Assert.Equal(("held", null), await StatusAsync(other));
        Assert.Equal([other], (await QueueAsync()).Select(shown => Text(shown, "id")));
        await RefusedAsync(await SendDecisionAsync(refused, "publish"), HttpStatusCode.Conflict, "decided-otherwise");
        Assert.Empty(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Of_two_that_decide_together_one_holds_and_it_is_published_once()
    {
        await HoldAllAsync();
        var held = await HoldAsync("once");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => SendDecisionAsync(held, i % 2 == 0 ? "publish" : "refuse")));

        var kinds = answers.Select(answer => answer.StatusCode).ToHashSet();
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], kinds.Order());
        var (status, _) = await StatusAsync(held);
        Assert.Equal(status == "published" ? 1 : 0, (await Client.HistoryAsync(Video)).Count);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task A_repeat_under_its_key_is_the_same_one_and_later_the_comment_that_it_became()
    {
        await PatchAsync("""{"holdAll":true,"slowSeconds":300}""");
        var held = await HoldAsync("again", key: "key");
        Assert.Equal(held, await HoldAsync("again", key: "key"));
        // It counts for slow mode.
        await RefusedAsync(await Client.SendAsync(Video, CommentsClient.Body("Ada", "more")), HttpStatusCode.TooManyRequests, "slow-mode");

        var published = Text(await DecideAsync(held, "publish"), "id");
        using var repeat = await Client.SendAsync(Video, CommentsClient.Body("Ada", "again"), "key");
        Assert.Equal(published, (await CommentsClient.CommentOfAsync(HttpStatusCode.OK, repeat)).Id);
        Assert.Single(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Links_may_be_held_and_what_moderators_write_is_not()
    {
        await PatchAsync("""{"links":"hold"}""");
        await Client.PostAsync(Video, "no link");
        await HoldAsync("https://example.org/");
        Assert.Equal("links", Text(Assert.Single(await QueueAsync()), "reason"));
        await Client.PostAsAsync(Moderator, Video);
        await HoldAllAsync();
        await Client.PostAsAsync(Moderator, Video);
        Assert.Equal(3, (await Client.HistoryAsync(Video)).Count);
    }

    [Fact]
    public async Task What_the_review_finds_is_held_or_refused_wherever_it_is_posted()
    {
        var held = await HoldAsync($"A {ContractTarget.HeldWord.ToUpperInvariant()} here", key: "key");
        var shown = Assert.Single(await QueueAsync());
        Assert.Equal(("word-list", ContractTarget.HeldWord), (Text(shown, "reason"), Text(shown, "word")));
        using var refused = await Client.SendAsync(Video, CommentsClient.Body("Ada", "NOBODY SHOUTS HERE"), "other");
        Assert.Equal("capitals", await ReasonAsync(refused));
        await RefusedAsync(refused, HttpStatusCode.Forbidden, "refused-by-review");
        await Client.PostAsAsync(Moderator, Video, "MODERATORS MAY SHOUT");
        // Its key is free: said otherwise, it is published.
        using var quieter = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Nobody shouts here"), "other");
        await CommentsClient.CommentOfAsync(HttpStatusCode.Created, quieter);

        Assert.Equal(held, await HoldAsync($"A {ContractTarget.HeldWord.ToUpperInvariant()} here", key: "key"));
        await DecideAsync(held, "publish");
        Assert.Equal(3, (await Client.HistoryAsync(Video)).Count);
    }

    [Fact]
    public async Task Moderators_follow_those_that_come_and_go()
    {
        await HoldAllAsync();
        using var refused = await StreamAsync(ContractTarget.Issuer.Token("viewer", scope: "comments:read comments:post"));
        if (refused.StatusCode == HttpStatusCode.NotFound)
        {
            await RefusedAsync(refused, HttpStatusCode.NotFound, "not-at-edges");
            return;
        }

        await RefusedAsync(refused, HttpStatusCode.Forbidden, "insufficient-scope");
        var first = await HoldAsync("first");
        using var staff = await SseViewer.JoinAsync(await StreamAsync(Moderator));
        var second = await HoldAsync("second");
        foreach (var (id, message) in new[] { (first, "first"), (second, "second") })
        {
            var item = await staff.NextAsync();
            using var shown = JsonDocument.Parse(item.Data);
            Assert.Equal(("comment", id), (item.EventType, item.EventId));
            Assert.Equal((message, "hold-all"), (Text(shown.RootElement, "message"), Text(shown.RootElement, "reason")));
        }

        await DecideAsync(first, "publish");
        Assert.Equal([first], (await staff.NextRemovalAsync()).Ids);
        await DecideAsync(second, "refuse");
        Assert.Equal([second], (await staff.NextRemovalAsync()).Ids);
    }

    [Fact]
    public async Task Which_word_of_the_list_it_was_moderators_see_alone()
    {
        using var viewer = await Client.WatchAsync(Video);
        using var posted = await Client.SendAsync(Video, CommentsClient.Body("Ada", "a W\u200BORDOFTHELIST"));
        var answer = await posted.Content.ReadAsStringAsync();
        var held = Text(await ReadAsync(posted), "heldId");
        using var status = await Client.SendAsync(HttpMethod.Get, $"{Queue}/{held}", null);
        foreach (var told in (string[])[answer, await status.Content.ReadAsStringAsync()])
            Assert.DoesNotContain("word", told, StringComparison.Ordinal);

        using var stream = await StreamAsync(Moderator);
        // Edges have none.
        if (stream.StatusCode != HttpStatusCode.NotFound)
        {
            using var staff = await SseViewer.JoinAsync(stream);
            using var shown = JsonDocument.Parse((await staff.NextAsync()).Data);
            Assert.Equal((held, ContractTarget.HeldWord), (Text(shown.RootElement, "id"), Text(shown.RootElement, "word")));
        }

        await DecideAsync(held, "publish");
        Assert.DoesNotContain("\"word\"", (await viewer.NextAsync()).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_all_of_an_author_those_go_that_wait()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        await HoldAllAsync();
        var held = await HoldAsync("mine", token: guest);
        var others = await HoldAsync("others'");

        using var removed = await Client.SendAsync(HttpMethod.Post, $"/comments/{Video}/removals", Moderator, $$"""{"authorId":"{{authorId}}"}""");
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);

        Assert.Equal([others], (await QueueAsync()).Select(shown => Text(shown, "id")));
        await RefusedAsync(await SendDecisionAsync(held, "publish"), HttpStatusCode.NotFound, "no-such-held-comment");
    }

    [Fact]
    public async Task Only_moderators_see_and_decide_and_what_is_wrong_is_said()
    {
        await HoldAllAsync();
        var held = await HoldAsync("wait");
        var (guest, _) = await Client.BecomeGuestAsync();
        await RefusedAsync(await Client.SendAsync(HttpMethod.Get, Queue, null), HttpStatusCode.Unauthorized, "token-needed");
        await RefusedAsync(await Client.SendAsync(HttpMethod.Get, Queue, guest), HttpStatusCode.Forbidden, "insufficient-scope");
        await RefusedAsync(await SendDecisionAsync(held, "publish", guest), HttpStatusCode.Forbidden, "insufficient-scope");
        await RefusedAsync(await SendDecisionAsync(held, "keep"), HttpStatusCode.BadRequest, "invalid-decision");
        await RefusedAsync(await SendDecisionAsync("12345", "publish"), HttpStatusCode.NotFound, "no-such-held-comment");
        await RefusedAsync(await SendDecisionAsync("x", "publish"), HttpStatusCode.NotFound, "no-such-held-comment");
        await RefusedAsync(await Client.SendAsync(HttpMethod.Get, $"{Queue}/12345", null), HttpStatusCode.NotFound, "no-such-held-comment");
        // Who knows the id is told no text.
        using var status = await Client.SendAsync(HttpMethod.Get, $"{Queue}/{held}", null);
        Assert.DoesNotContain("wait", await status.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("held", null), await StatusAsync(held));
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage answer) => Text(await ReadAsync(answer), "reason");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<PostedComment> EntryAsync(SseViewer viewer)
    {
        while (true)
        {
            var item = await viewer.NextAsync();
            if (item.EventType != "settings") return PostedComment.Parse(item.Data);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }

    /// <summary>Posts one that must be held, and gives what it is called.</summary>
    private async Task<string> HoldAsync(string message, string? key = null, string? token = null)
    {
        using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", message), key, token);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var held = await ReadAsync(answer);
        Assert.Equal($"{Queue}/{Text(held, "heldId")}", answer.Headers.Location?.OriginalString);
        Assert.Equal("held", Text(held, "status"));
        return Text(held, "heldId");
    }

    private async Task<(string Status, string? Id)> StatusAsync(string held)
    {
        using var answer = await Client.SendAsync(HttpMethod.Get, $"{Queue}/{held}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var status = await ReadAsync(answer);
        return (Text(status, "status"), status.TryGetProperty("id", out var id) ? id.GetString() : null);
    }

    private async Task<IReadOnlyList<JsonElement>> QueueAsync()
    {
        using var answer = await Client.SendAsync(HttpMethod.Get, Queue, Moderator);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await ReadAsync(answer)).GetProperty("comments").EnumerateArray()];
    }

    private async Task<JsonElement> DecideAsync(string held, string decision)
    {
        using var answer = await SendDecisionAsync(held, decision);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    private Task<HttpResponseMessage> SendDecisionAsync(string held, string decision, string? token = null) =>
        Client.SendAsync(HttpMethod.Post, $"{Queue}/{held}", token ?? Moderator, $$"""{"decision":"{{decision}}"}""");

    private async Task<HttpResponseMessage> StreamAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/comments/{Video}/stream?view=held")
        {
            Version = Target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Authorization = new("Bearer", token);
        return await Client.Reads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();
    }

    private Task HoldAllAsync() => PatchAsync("""{"holdAll":true}""");

    private async Task PatchAsync(string json)
    {
        using var answer = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        using (answer) Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync(status, answer)).Type);
    }
}
