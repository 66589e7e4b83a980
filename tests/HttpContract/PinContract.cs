using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>The pinned comment of a video: who may pin, that all who watch and all who join are told, and that a removal unpins.</summary>
public abstract class PinContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    private string Pin => $"/comments/{Video}/pin";

    [Fact]
    public async Task A_pin_is_told_to_who_watches_and_to_who_joins_until_it_is_taken_off()
    {
        using var viewer = await Client.WatchAsync(Video);
        var (first, second) = (await Client.PostAsync(Video, "First"), await Client.PostAsync(Video, "Second"));
        Assert.Equal([first, second], await viewer.TakeAsync(2));
        Assert.Null(await PinnedAsync());

        await PinAsync(first);
        Assert.Equal(first, await NextPinAsync(viewer));
        // A new one takes the place of the last.
        await PinAsync(second);
        Assert.Equal(second, await NextPinAsync(viewer));
        Assert.Equal(second, await PinnedAsync());
        using var late = await Client.WatchAsync(Video, "?backlog=0");
        Assert.Equal(second, await NextPinAsync(late));
        using var resumed = await Client.WatchAsync(Video, lastEventId: second.Id);
        Assert.Equal(second, await NextPinAsync(resumed));

        using (var unpinned = await Client.SendAsync(HttpMethod.Delete, Pin, Moderator))
            Assert.Equal(HttpStatusCode.NoContent, unpinned.StatusCode);
        foreach (var one in (SseViewer[])[viewer, late, resumed]) Assert.Null(await NextPinAsync(one));
        Assert.Null(await PinnedAsync());
        // Who has missed it is told, too.
        using var later = await Client.WatchAsync(Video, lastEventId: second.Id);
        Assert.Null(await NextPinAsync(later));
        Assert.Equal([first, second], await Client.HistoryAsync(Video));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_removal_unpins_and_nobody_who_joins_gets_the_text(bool ofAll)
    {
        const string Text = "sparrow on the pin";
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video, Text);
        await PinAsync(comment);
        Assert.Equal(comment, await NextPinAsync(viewer));

        if (ofAll) await Client.RemoveManyAsync(Video, Moderator, """{"all":true}""");
        else await Client.RemoveAsync(comment, Moderator);

        Assert.Null(await NextPinAsync(viewer));
        Assert.Null(await PinnedAsync());
        var last = await Client.PostAsync(Video, "last");
        using var late = await Client.WatchAsync(Video);
        for (var item = await late.NextAsync(); item.EventId != last.Id; item = await late.NextAsync())
            Assert.DoesNotContain(Text, item.Data, StringComparison.Ordinal);
        await RefusedAsync(HttpMethod.Put, $$"""{"id":"{{comment.Id}}"}""", Moderator, HttpStatusCode.Gone, "removed");
    }

    [Fact]
    public async Task The_modes_of_the_video_stay_as_they_are_and_so_does_the_pin()
    {
        var comment = await Client.PostAsync(Video);
        await PinAsync(comment);
        using (var changed = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, """{"slowSeconds":30}"""))
            Assert.DoesNotContain("pin", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await PinAsync(comment);

        using var viewer = await Client.WatchAsync(Video);
        var settings = await viewer.NextAsync();
        // The first viewer at an edge has the comments perhaps before the stream of the upstream begins.
        while (settings.EventType == "comment") settings = await viewer.NextAsync();
        Assert.Equal("settings", settings.EventType);
        Assert.Contains("\"slowSeconds\":30", settings.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("pin", settings.Data, StringComparison.Ordinal);
        Assert.Equal(comment, await NextPinAsync(viewer));
    }

    [Fact]
    public async Task Only_moderators_pin_and_only_what_is_there()
    {
        var comment = await Client.PostAsync(Video);
        var body = $$"""{"id":"{{comment.Id}}"}""";
        var (guest, _) = await Client.BecomeGuestAsync();
        await RefusedAsync(HttpMethod.Put, body, null, HttpStatusCode.Unauthorized, "token-needed");
        await RefusedAsync(HttpMethod.Put, body, guest, HttpStatusCode.Forbidden, "insufficient-scope");
        await RefusedAsync(HttpMethod.Delete, null, guest, HttpStatusCode.Forbidden, "insufficient-scope");
        foreach (var id in (string[])["null", "\"\"", "\"0\"", "\"sparrow\""])
            await RefusedAsync(HttpMethod.Put, $$"""{"id":{{id}}}""", Moderator, HttpStatusCode.BadRequest, "invalid-pin");
        await RefusedAsync(HttpMethod.Put, """{"id":7}""", Moderator, HttpStatusCode.BadRequest, "invalid-json");
        await RefusedAsync(HttpMethod.Put, """{"id":"7"}""", Moderator, HttpStatusCode.NotFound, "no-such-comment");
        // There is nothing to take off.
        using var unpinned = await Client.SendAsync(HttpMethod.Delete, Pin, Moderator);
        Assert.Equal(HttpStatusCode.NoContent, unpinned.StatusCode);
        Assert.Null(await PinnedAsync());
    }

    [Fact]
    public async Task An_announcement_is_a_moderators_comment_and_may_be_pinned_at_once()
    {
        using var viewer = await Client.WatchAsync(Video);
        const string Body = """{"author":"Mod","message":"We begin","announcement":true,"pin":true}""";
        using var posted = await Client.SendAsync(Video, CommentsClient.Json(Body), "key", Moderator);
        var announced = await CommentsClient.CommentOfAsync(HttpStatusCode.Created, posted);
        Assert.Equal((true, "moderator"), (announced.Announcement, announced.Role));
        Assert.Equal(announced, await PinnedAsync());
        Assert.Equal(announced, await NextPinAsync(viewer));

        using var repeat = await Client.SendAsync(Video, CommentsClient.Json(Body), "key", Moderator);
        Assert.Equal(announced, await CommentsClient.CommentOfAsync(HttpStatusCode.OK, repeat));
        using var other = await Client.SendAsync(
            Video, CommentsClient.Json("""{"author":"Mod","message":"We begin","announcement":false}"""), "key", Moderator);
        await Problem.ReadAsync(HttpStatusCode.UnprocessableEntity, other);
        var usual = await Client.PostAsAsync(Moderator, Video);
        Assert.False(usual.Announcement);
        Assert.Equal([announced, usual], await Client.HistoryAsync(Video));
    }

    [Theory]
    [InlineData("announcement")]
    [InlineData("pin")]
    public async Task Nobody_else_announces_or_pins_with_a_post(string flag)
    {
        var body = $$"""{"author":"Ada","message":"We begin","{{flag}}":true}""";
        var (guest, _) = await Client.BecomeGuestAsync();
        foreach (var (token, status) in new[] { (null, HttpStatusCode.Unauthorized), (guest, HttpStatusCode.Forbidden) })
        {
            using var answer = await Client.SendAsync(Video, CommentsClient.Json(body), token: token);
            await Problem.ReadAsync(status, answer);
        }

        using var usual = await Client.SendAsync(
            Video, CommentsClient.Json($$"""{"author":"Ada","message":"We begin","{{flag}}":false}"""));
        Assert.False((await CommentsClient.CommentOfAsync(HttpStatusCode.Created, usual)).Announcement);
        Assert.Single(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task The_audit_has_pins_without_texts()
    {
        var comment = await Client.PostAsync(Video, "sparrow in the audit");
        await PinAsync(comment);
        using (await Client.SendAsync(HttpMethod.Delete, Pin, Moderator))
        {
        }

        using var answer = await Client.SendAsync(HttpMethod.Get, $"/comments/{Video}/audit", Moderator);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("sparrow", text, StringComparison.Ordinal);
        using var audit = JsonDocument.Parse(text);
        var entries = audit.RootElement.GetProperty("entries").EnumerateArray().Where(entry => entry.TryGetProperty("by", out _)).ToList();
        Assert.Equal(["unpin", "pin"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal(comment.Id, entries[1].GetProperty("target").GetProperty("comment").GetString());
    }

    /// <summary>The comment of the next event that tells of a pin, whatever comes between; null if none is pinned.</summary>
    private static async Task<PostedComment?> NextPinAsync(SseViewer viewer)
    {
        var item = await viewer.NextAsync();
        while (item.EventType != "pin") item = await viewer.NextAsync();
        return CommentIn(item.Data);
    }

    private static PostedComment? CommentIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        var comment = Assert.Single(document.RootElement.EnumerateObject());
        Assert.Equal("comment", comment.Name);
        return comment.Value.ValueKind == JsonValueKind.Null ? null : PostedComment.Parse(comment.Value.GetRawText());
    }

    private async Task<PostedComment?> PinnedAsync()
    {
        using var answer = await Client.Reads.GetAsync(Pin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return CommentIn(await answer.Content.ReadAsStringAsync());
    }

    private async Task PinAsync(PostedComment comment)
    {
        using var answer = await Client.SendAsync(HttpMethod.Put, Pin, Moderator, $$"""{"id":"{{comment.Id}}"}""");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
        Assert.Equal(comment, CommentIn(body));
    }

    private async Task RefusedAsync(HttpMethod method, string? body, string? token, HttpStatusCode status, string type)
    {
        using var answer = await Client.SendAsync(method, Pin, token, body);
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync(status, answer)).Type);
    }
}
