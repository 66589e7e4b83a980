using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Comments that answer others: they say which by its id alone, wherever they are.</summary>
public abstract class ReplyContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task A_reply_says_wherever_it_is_which_comment_it_answers()
    {
        using var viewer = await Client.WatchAsync(Video);
        var parent = await Client.PostAsync(Video, "Who is there?");
        var reply = await ReplyAsync(parent.Id);
        var other = await Client.PostAsync(Video, "Nobody");

        Assert.Equal((null, parent.Id, null), (parent.ReplyTo, reply.ReplyTo, other.ReplyTo));
        PostedComment[] all = [parent, reply, other];
        Assert.Equal(all, await viewer.TakeAsync(3));
        Assert.Equal(all, await Client.HistoryAsync(Video));
        using var late = await Client.WatchAsync(Video, lastEventId: parent.Id);
        Assert.Equal(all[1..], await late.TakeAsync(2));
        using var found = await Client.Reads.GetAsync($"/comments/{Video}/{reply.Id}");
        Assert.Equal(reply, await CommentsClient.CommentOfAsync(HttpStatusCode.OK, found));
    }

    [Fact]
    public async Task What_is_removed_is_removed_for_its_replies_too_and_they_stay()
    {
        const string Text = "sparrow in the parent";
        var parent = await Client.PostAsync(Video, Text);
        var reply = await ReplyAsync(parent.Id);
        await Client.RemoveAsync(parent, Moderator);
        // Its author could not know.
        var late = await ReplyAsync(parent.Id);

        Assert.Equal([reply, late], await Client.HistoryAsync(Video));
        using var viewer = await Client.WatchAsync(Video);
        foreach (var wanted in (PostedComment[])[reply, late])
        {
            var item = await viewer.NextAsync();
            while (item.EventType != "comment") item = await viewer.NextAsync();
            Assert.Equal(wanted, PostedComment.Parse(item.Data));
            Assert.DoesNotContain(Text, item.Data, StringComparison.Ordinal);
        }

        await Client.RemoveAsync(reply, Moderator);
        Assert.Equal([late], await Client.HistoryAsync(Video));
    }

    [Theory]
    [InlineData("\"\"", 400, "invalid-comment")]
    [InlineData("\"0\"", 400, "invalid-comment")]
    [InlineData("\"-1\"", 400, "invalid-comment")]
    [InlineData("\"sparrow\"", 400, "invalid-comment")]
    [InlineData("\"9223372036854775808\"", 400, "invalid-comment")]
    [InlineData("7", 400, "invalid-json")]
    [InlineData("\"9223372036854775807\"", 422, "no-such-parent")]
    public async Task What_no_comment_can_be_is_answered_by_none(string replyTo, int status, string type)
    {
        await Client.PostAsync(Video);

        using var answer = await SendAsync(replyTo);

        var problem = await Problem.ReadAsync((HttpStatusCode)status, answer);
        Assert.Equal($"urn:problem-type:livecomments:{type}", problem.Type);
        Assert.Single(await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_reply_may_be_repeated_and_under_its_key_nothing_else_is_answered()
    {
        var (one, other) = (await Client.PostAsync(Video, "One"), await Client.PostAsync(Video, "Other"));
        var reply = await ReplyAsync(one.Id, "key");

        using var repeat = await SendAsync($"\"{one.Id}\"", "key");
        Assert.Equal(reply, await CommentsClient.CommentOfAsync(HttpStatusCode.OK, repeat));
        foreach (var replyTo in (string[])[$"\"{other.Id}\"", "null"])
        {
            using var another = await SendAsync(replyTo, "key");
            await Problem.ReadAsync(HttpStatusCode.UnprocessableEntity, another);
        }

        Assert.Equal([one, other, reply], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task One_that_is_held_answers_the_same_comment_once_it_is_published()
    {
        var parent = await Client.PostAsync(Video, "Who is there?");
        using (var changed = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, """{"holdAll":true}"""))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var posted = await SendAsync($"\"{parent.Id}\"");
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        using var listed = await Client.SendAsync(HttpMethod.Get, $"/comments/{Video}/held", Moderator);
        using var queue = JsonDocument.Parse(await listed.Content.ReadAsStringAsync());
        var held = Assert.Single(queue.RootElement.GetProperty("comments").EnumerateArray());
        Assert.Equal(parent.Id, held.GetProperty("replyTo").GetString());
        using var decided = await Client.SendAsync(
            HttpMethod.Post, $"/comments/{Video}/held/{held.GetProperty("id").GetString()}", Moderator, """{"decision":"publish"}""");
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);

        Assert.Equal([null, parent.Id], (await Client.HistoryAsync(Video)).Select(comment => comment.ReplyTo));
    }

    private async Task<PostedComment> ReplyAsync(string parent, string? key = null)
    {
        using var answer = await SendAsync($"\"{parent}\"", key);
        return await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);
    }

    private Task<HttpResponseMessage> SendAsync(string replyTo, string? key = null) =>
        Client.SendAsync(Video, CommentsClient.Json($$"""{"author":"Bo","message":"I am","replyTo":{{replyTo}}}"""), key);
}
