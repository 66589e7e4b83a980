using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Comments that are taken back: who may, what is left of them, and what those who watch are told.</summary>
public abstract class RemovalContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task A_removed_comment_is_nowhere_and_who_watches_is_told_once_and_in_order()
    {
        using var viewer = await Client.WatchAsync(Video);
        var posted = new[] { await Client.PostAsync(Video, "1"), await Client.PostAsync(Video, "2"), await Client.PostAsync(Video, "3") };
        // What is removed before it was sent is not sent.
        Assert.Equal(posted, await viewer.TakeAsync(3));
        await Client.RemoveAsync(posted[1], Moderator);
        await Client.RemoveAsync(posted[1], Moderator);
        var next = await Client.PostAsync(Video, "4");

        var removal = await viewer.NextRemovalAsync();
        Assert.Equal([posted[1].Id], removal.Ids);
        Assert.InRange(removal.Number, posted[2].Number + 1, next.Number - 1);
        Assert.Equal(next, await viewer.NextCommentAsync());

        PostedComment[] left = [posted[0], posted[2], next];
        Assert.Equal(left, await Client.HistoryAsync(Video));
        using var late = await Client.WatchAsync(Video);
        Assert.Equal(left, await CommentsOfAsync(late, next));
        Assert.Equal((await Client.PageAsync(Video)).AsOf, next.Id);
    }

    [Fact]
    public async Task One_comment_is_read_until_it_is_removed()
    {
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video);
        using (var found = await Client.Reads.GetAsync($"/comments/{Video}/{comment.Id}"))
            Assert.Equal(comment, await CommentsClient.CommentOfAsync(HttpStatusCode.OK, found));

        await Client.RemoveAsync(comment, Moderator);

        using var gone = await Client.Reads.GetAsync($"/comments/{Video}/{comment.Id}");
        await RefusedAsync(gone, HttpStatusCode.Gone, "removed");
        foreach (var id in (string[])["1", "9223372036854775807", "-1"])
        {
            using var none = await Client.Reads.GetAsync($"/comments/{Video}/{id}");
            await RefusedAsync(none, HttpStatusCode.NotFound, "no-such-comment");
        }
    }

    [Fact]
    public async Task Authors_remove_what_is_their_own_and_nothing_else()
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        var own = await Client.PostAsAsync(guest, Video);
        var others = await Client.PostAsAsync(ContractTarget.Issuer.Token("somebody"), Video);
        var anonymous = await Client.PostAsync(Video);

        await Client.RemoveAsync(own, guest);
        await Client.RemoveAsync(own, guest);
        foreach (var comment in (PostedComment[])[others, anonymous])
        {
            using var refused = await DeleteAsync(comment.Id, guest);
            await RefusedAsync(refused, HttpStatusCode.Forbidden, "not-the-author");
        }

        using var unknown = await DeleteAsync(anonymous.Id, null);
        await RefusedAsync(unknown, HttpStatusCode.Unauthorized, "token-needed");
        using var elsewhere = await DeleteAsync(others.Id, ContractTarget.Issuer.Token(scope: "comments:moderate", videos: ["another"]));
        await RefusedAsync(elsewhere, HttpStatusCode.Forbidden, "not-for-this-video");
        using var reader = await DeleteAsync(others.Id, ContractTarget.Issuer.Token(scope: "comments:read"));
        await RefusedAsync(reader, HttpStatusCode.Forbidden, "insufficient-scope");
        using var missing = await DeleteAsync("12345", Moderator);
        await RefusedAsync(missing, HttpStatusCode.NotFound, "no-such-comment");
        Assert.Equal([others, anonymous], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task All_of_a_person_go_with_one_event()
    {
        using var viewer = await Client.WatchAsync(Video);
        var (spammer, authorId) = await Client.BecomeGuestAsync();
        var others = await Client.PostAsync(Video, "stays");
        for (var i = 0; i < 10; i++) await Client.PostAsAsync(spammer, Video, $"spam {i}");
        var seen = await viewer.TakeAsync(11);

        Assert.Equal(10, await Client.RemoveManyAsync(Video, Moderator, $$"""{"authorId":"{{authorId}}","since":"PT10M","reason":"spam"}"""));
        Assert.Equal(0, await Client.RemoveManyAsync(Video, Moderator, $$"""{"authorId":"{{authorId}}"}"""));
        var later = await Client.PostAsAsync(spammer, Video, "later");

        var removal = await viewer.NextRemovalAsync();
        Assert.Equal(authorId, removal.AuthorId);
        Assert.InRange(long.Parse(removal.To!), seen[^1].Number, removal.Number - 1);
        Assert.InRange(long.Parse(removal.From!), 1, seen[1].Number);
        Assert.Equal(later, await viewer.NextCommentAsync());
        Assert.Equal([others, later], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Those_that_are_named_go_whoever_wrote_them_and_others_stay()
    {
        using var viewer = await Client.WatchAsync(Video);
        var posted = new List<PostedComment>();
        for (var i = 0; i < 10; i++) posted.Add(await Client.PostAsAsync((await Client.BecomeGuestAsync()).Token, Video, $"wave {i}"));
        await viewer.TakeAsync(10);
        await Client.RemoveAsync(posted[9], Moderator);
        Assert.Equal([posted[9].Id], (await viewer.NextRemovalAsync()).Ids);
        var named = string.Join(',', posted[2..].Append(posted[3]).Select(comment => $"\"{comment.Id}\""));

        // One was removed before, one is named twice, and one was never there.
        Assert.Equal(7, await Client.RemoveManyAsync(Video, Moderator, $$"""{"ids":[{{named}},"1"],"reason":"wave"}"""));

        var told = new List<string>();
        while (told.Count < 7) told.AddRange((await viewer.NextRemovalAsync()).Ids);
        Assert.Equal(posted[2..9].Select(comment => comment.Id), told.Order(StringComparer.Ordinal));
        Assert.Equal(posted[..2], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task All_of_an_address_go_and_the_address_is_not_published()
    {
        using var viewer = await Client.WatchAsync(Video);
        await Client.PostAsync(Video, "1");
        await Client.PostAsync(Video, "2");
        var stays = await Client.PostAsAsync(ContractTarget.Issuer.Token(), Video);
        using var page = await Client.GetPageAsync(Video, Moderator);
        var address = PostedPage.Parse(await page.Content.ReadAsStringAsync()).Comments[^1].AuthorId!;

        var seen = await viewer.TakeAsync(3);

        Assert.Equal(2, await Client.RemoveManyAsync(Video, Moderator, $$"""{"authorId":"{{address}}"}"""));

        Assert.Equal(seen.Take(2).Select(comment => comment.Id), (await viewer.NextRemovalAsync()).Ids);
        Assert.Equal([stays], await Client.HistoryAsync(Video));
    }

    [Theory]
    [InlineData("2260-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("10:00")]
    [InlineData("05/06/2026")]
    public async Task A_time_that_has_not_passed_or_is_none_removes_nothing(string since)
    {
        var posted = await Client.PostAsync(Video);
        using var answer = await Client.SendAsync(
            HttpMethod.Post, $"/comments/{Video}/removals", Moderator, $$"""{"all":true,"since":"{{since}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([posted], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Owners_empty_a_video_and_moderators_do_not()
    {
        await Client.PostManyAsync(Video, 5);
        using (var refused = await Client.SendAsync(HttpMethod.Delete, $"/comments/{Video}", Moderator))
            await RefusedAsync(refused, HttpStatusCode.Forbidden, "insufficient-scope");
        var owner = ContractTarget.Issuer.Token("owner", scope: "comments:manage");
        using var emptied = await Client.SendAsync(HttpMethod.Delete, $"/comments/{Video}", owner);
        Assert.StartsWith("{\"count\":5,\"removalId\":", await emptied.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task Everything_goes_and_the_video_goes_on()
    {
        using var viewer = await Client.WatchAsync(Video);
        var posted = await Client.PostManyAsync(Video, 30);
        Assert.Equal(posted, await viewer.TakeAsync(30));
        Assert.Equal(30, await Client.RemoveManyAsync(Video, Moderator, """{"all":true}"""));
        var next = await Client.PostAsync(Video, "next");

        var removal = await viewer.NextRemovalAsync();
        Assert.Null(removal.AuthorId);
        Assert.Equal(next, await viewer.NextCommentAsync());
        Assert.Equal([next], await Client.HistoryAsync(Video));
        using var late = await Client.WatchAsync(Video);
        Assert.Equal([next], await CommentsOfAsync(late, next));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_comes_back_is_sent_the_removal_and_not_the_comment(bool watched)
    {
        using var watching = watched ? await Client.WatchAsync(Video) : null;
        var posted = await Client.PostManyAsync(Video, 20);
        PostedComment last;
        using (var viewer = await Client.WatchAsync(Video))
            last = (await viewer.TakeAsync(15))[^1];
        await Client.RemoveAsync(posted[3], Moderator);
        await Client.RemoveAsync(posted[17], Moderator);
        var live = await Client.PostAsync(Video, "live");

        using var back = await Client.WatchAsync(Video, lastEventId: last.Id);

        var (comments, removals) = (new List<PostedComment>(), new List<PostedRemoval>());
        while (comments.LastOrDefault() != live)
        {
            var item = await back.NextAsync();
            if (item.EventType == "comment") comments.Add(PostedComment.Parse(item.Data));
            else removals.Add(PostedRemoval.Parse(item.EventId!, item.Data));
        }

        Assert.Equal([posted[15], posted[16], posted[18], posted[19], live], comments);
        Assert.Equal([posted[3].Id, posted[17].Id], removals.SelectMany(removal => removal.Ids));
        // Who has had the removals is not sent them again.
        using var again = await Client.WatchAsync(Video, lastEventId: removals[^1].Id);
        Assert.Equal(live, await again.NextCommentAsync());
    }

    [Fact]
    public async Task A_post_that_is_repeated_after_its_removal_is_not_published_again()
    {
        var comment = await Client.PostAsync(Video, key: "key-1");
        await Client.RemoveAsync(comment, Moderator);

        using var again = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), "key-1");
        await RefusedAsync(again, HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Empty(await Client.HistoryAsync(Video));
    }

    [Theory]
    [InlineData("{}", "authorId")]
    [InlineData("""{"authorId":"AAAAAAAAAAA","all":true}""", "authorId")]
    [InlineData("""{"ids":["1"],"all":true}""", "authorId")]
    [InlineData("""{"ids":["1"],"since":"PT1M"}""", "since")]
    [InlineData("""{"ids":[]}""", "ids")]
    [InlineData("""{"all":true,"since":"yesterday"}""", "since")]
    [InlineData("""{"all":true,"since":"-PT1S"}""", "since")]
    [InlineData("""{"all":true,"reason":"\u0000"}""", "reason")]
    public async Task What_is_not_valid_is_said_by_field(string json, string field)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, $"/comments/{Video}/removals", Moderator, json);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal([field], problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await RefusedAsync(answer, HttpStatusCode.BadRequest, "invalid-removal");
    }

    [Theory]
    [InlineData("""{"authorId":"x"}""", 400, "invalid-json")]
    [InlineData("""{"authorId":1}""", 400, "invalid-json")]
    [InlineData("""{"all":"yes"}""", 400, "invalid-json")]
    [InlineData("""{"ids":[null]}""", 400, "invalid-json")]
    [InlineData("""{"ids":["x"]}""", 400, "invalid-json")]
    [InlineData("[]", 400, "invalid-json")]
    [InlineData("null", 400, "invalid-json")]
    [InlineData("", 400, "invalid-json")]
    public async Task What_is_no_removal_is_refused(string json, int status, string type)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, $"/comments/{Video}/removals", Moderator, json);
        await RefusedAsync(answer, (HttpStatusCode)status, type);
    }

    [Fact]
    public async Task Only_moderators_remove_what_is_not_theirs()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        foreach (var (token, status, type) in ((string?, int, string)[])[(null, 401, "token-needed"), (guest, 403, "insufficient-scope")])
        {
            using var answer = await Client.SendAsync(
                HttpMethod.Post, $"/comments/{Video}/removals", token, $$"""{"authorId":"{{authorId}}"}""");
            await RefusedAsync(answer, (HttpStatusCode)status, type);
        }
    }

    [Fact]
    public async Task A_reason_may_be_given_and_is_published_nowhere()
    {
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video);
        Assert.Equal(comment, await viewer.NextCommentAsync());
        using var answer = await Client.SendAsync(
            HttpMethod.Delete, $"/comments/{Video}/{comment.Id}", Moderator, """{"reason":"spam","note":"the third time"}""");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        Assert.Equal([comment.Id], (await viewer.NextRemovalAsync()).Ids);
    }

    private async Task<HttpResponseMessage> DeleteAsync(string comment, string? token) =>
        await Client.SendAsync(HttpMethod.Delete, $"/comments/{Video}/{comment}", token);

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string type) =>
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync(status, answer)).Type);

    /// <summary>The comments of a stream up to one, whatever removals come between.</summary>
    private static async Task<IReadOnlyList<PostedComment>> CommentsOfAsync(SseViewer viewer, PostedComment last)
    {
        var comments = new List<PostedComment>();
        while (comments.LastOrDefault() != last)
        {
            var item = await viewer.NextAsync();
            if (item.EventType == "comment") comments.Add(PostedComment.Parse(item.Data));
        }

        return comments;
    }
}
