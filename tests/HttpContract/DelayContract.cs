using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>A delay for everybody but moderators: it holds for streams, joins, resumes and pages, and removals do not wait for it.</summary>
public abstract class DelayContract(ContractTarget target) : ContractTests(target)
{
    // Far more than a test takes to look, also on a busy machine: who looks in vain does so within it.
    private const int Longest = 30;

    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task Until_its_time_a_comment_is_nowhere_and_then_it_is_everywhere()
    {
        var before = await Client.PostAsync(Video, "before");
        using var viewer = await Client.WatchAsync(Video);
        Assert.Equal(before, await viewer.NextCommentAsync());
        await DelayAsync(2);

        var delayed = await Client.PostAsync(Video, "delayed");
        // The stream has it once it is public: from then on all have.
        Assert.Equal(delayed, PostedComment.Parse((await EntryAsync(viewer)).Data));
        Assert.True(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - delayed.CreatedAtMilliseconds > 1_500, "It came too early.");
        await Patience.UntilAsync(async () => (await Client.HistoryAsync(Video)).Count == 2);
        using var late = await Client.WatchAsync(Video);
        foreach (var one in (PostedComment[])[before, delayed]) Assert.Equal(one, PostedComment.Parse((await EntryAsync(late)).Data));
    }

    [Fact]
    public async Task Nothing_of_it_leaks_to_who_joins_resumes_or_reads()
    {
        var before = await Client.PostAsync(Video, "before");
        await DelayAsync(Longest);
        var hidden = await Client.PostAsync(Video, "hidden");

        Assert.Equal([before], await Client.HistoryAsync(Video));
        Assert.True(long.Parse((await Client.PageAsync(Video)).AsOf, CultureInfo.InvariantCulture) < hidden.Number);
        using (var found = await Client.Reads.GetAsync($"/comments/{Video}/{hidden.Id}"))
            await RefusedAsync(found, HttpStatusCode.NotFound, "no-such-comment");
        using var joined = await Client.WatchAsync(Video);
        using var resumed = await Client.WatchAsync(Video, lastEventId: before.Id);

        // A change of another kind is told at once, so what was not sent until then was hidden.
        await ChangeAsync("""{"uniqueSeconds":1}""");
        Assert.Equal([before], await CommentsBeforeAsync(joined, "\"uniqueSeconds\":1"));
        Assert.Empty(await CommentsBeforeAsync(resumed, "\"uniqueSeconds\":1"));
        await DelayAsync(0);
        foreach (var one in (SseViewer[])[joined, resumed]) Assert.Equal(hidden, PostedComment.Parse((await EntryAsync(one)).Data));
    }

    [Fact]
    public async Task A_removal_does_not_wait_and_is_told_again_in_its_place()
    {
        var seen = await Client.PostAsync(Video, "seen");
        using var viewer = await Client.WatchAsync(Video);
        Assert.Equal(seen, await viewer.NextCommentAsync());
        await DelayAsync(Longest);
        var hidden = await Client.PostAsync(Video, "hidden");

        await Client.RemoveAsync(seen, Moderator);
        var early = await EntryAsync(viewer);
        Assert.Equal("comment-removed", early.EventType);
        Assert.Contains(seen.Id, early.Data);
        Assert.Contains("\"early\":", early.Data);
        // Who had it and comes back is told, too, and is not moved past what is hidden.
        using var back = await Client.WatchAsync(Video, lastEventId: seen.Id);
        Assert.Equal(early.Data, (await EntryAsync(back)).Data);

        await DelayAsync(0);
        foreach (var one in (SseViewer[])[viewer, back])
        {
            Assert.Equal(hidden, PostedComment.Parse((await EntryAsync(one)).Data));
            var told = await EntryAsync(one);
            var removal = PostedRemoval.Parse(told.EventId!, told.Data);
            Assert.Equal([seen.Id], removal.Ids);
            Assert.True(removal.Number > hidden.Number);
        }
    }

    [Fact]
    public async Task Moderators_see_it_at_once_on_a_stream_and_in_pages_of_their_own()
    {
        await DelayAsync(Longest);
        using var refused = await StaffAsync(ContractTarget.Issuer.Token("viewer", scope: "comments:read comments:post"));
        if (refused.StatusCode == HttpStatusCode.NotFound)
        {
            await RefusedAsync(refused, HttpStatusCode.NotFound, "not-at-edges");
            return;
        }

        await RefusedAsync(refused, HttpStatusCode.Forbidden, "insufficient-scope");
        using var staff = await SseViewer.JoinAsync(await StaffAsync(Moderator));
        var hidden = await Client.PostAsync(Video, "hidden");
        // As in the pages that moderators read: without a token the author is the address.
        var shown = PostedComment.Parse((await EntryAsync(staff)).Data);
        Assert.Equal((hidden.Id, hidden.Message), (shown.Id, shown.Message));
        Assert.NotNull(shown.AuthorId);
        await Client.RemoveAsync(hidden, Moderator);
        var removal = await EntryAsync(staff);
        Assert.Equal([hidden.Id], PostedRemoval.Parse(removal.EventId!, removal.Data).Ids);
    }

    [Fact]
    public async Task There_is_no_other_view()
    {
        using var answer = await Client.Reads.GetAsync($"/comments/{Video}/stream?view=all");
        await RefusedAsync(answer, HttpStatusCode.BadRequest, "invalid-parameter");
    }

    /// <summary>The comments that a viewer was sent before settings that say something.</summary>
    private static async Task<IReadOnlyList<PostedComment>> CommentsBeforeAsync(SseViewer viewer, string settings)
    {
        var comments = new List<PostedComment>();
        while (true)
        {
            var item = await viewer.NextAsync();
            if (item.EventType == "comment") comments.Add(PostedComment.Parse(item.Data));
            else if (item.Data.Contains(settings, StringComparison.Ordinal)) return comments;
        }
    }

    /// <summary>The next event that is not of settings: between machines those come sooner or later than what they are about.</summary>
    private static async Task<SseItem<string>> EntryAsync(SseViewer viewer)
    {
        while (true)
        {
            var item = await viewer.NextAsync();
            if (item.EventType != "settings") return item;
        }
    }

    private Task<HttpResponseMessage> StaffAsync(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/comments/{Video}/stream?view=staff")
        {
            Version = Target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Authorization = new("Bearer", token);
        return Client.Reads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();
    }

    private Task DelayAsync(int seconds) => ChangeAsync($$"""{"delaySeconds":{{seconds}}}""");

    private async Task ChangeAsync(string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/comments/{Video}/settings")
        {
            Content = new StringContent(json, new MediaTypeHeaderValue("application/json")),
            Version = Target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Authorization = new("Bearer", Moderator);
        using var answer = await Client.Posts.SendAsync(request).InTime();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string type) =>
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync(status, answer)).Type);
}
