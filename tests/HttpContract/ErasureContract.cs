using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>All that a person has written, on all videos, is taken back.</summary>
public abstract class ErasureContract(ContractTarget target) : ContractTests(target)
{
    private static string Owner => ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: ["*"]);

    [Fact]
    public async Task What_somebody_wrote_leaves_every_video_and_what_others_wrote_stays()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        string[] videos = [Video, CommentsClient.NewVideo(), CommentsClient.NewVideo()];
        using var viewer = await Client.WatchAsync(Video);
        var left = new List<PostedComment>();
        foreach (var video in videos)
        {
            await Client.PostAsAsync(guest, video, "1");
            left.Add(await Client.PostAsAsync(ContractTarget.Issuer.Token(), video, "of another"));
            await Client.PostAsAsync(guest, video, "2");
        }

        await AskAsync(authorId);
        var done = await DoneAsync(authorId);

        Assert.Equal(6, done.Removed);
        Assert.Equal(done.Videos, done.VideosDone);
        Assert.True(done.Videos >= videos.Length);
        foreach (var (video, stays) in videos.Zip(left))
            await Patience.UntilAsync(async () => (await Client.HistoryAsync(video)).SequenceEqual([stays]));
        Assert.Equal(authorId, (await NextRemovalAsync(viewer)).AuthorId);
    }

    [Fact]
    public async Task Asked_for_again_it_begins_anew_and_takes_what_was_written_meanwhile()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        await Client.PostAsAsync(guest, Video);
        await AskAsync(authorId);
        var first = await DoneAsync(authorId);
        await Client.PostAsAsync(guest, CommentsClient.NewVideo(), "later");

        await AskAsync(authorId);
        var second = await DoneAsync(authorId);

        Assert.Equal((1L, 1L), (first.Removed, second.Removed));
        Assert.True(second.Asked > first.Asked);
    }

    [Fact]
    public async Task What_was_never_asked_for_is_not_found()
    {
        var (_, authorId) = await Client.BecomeGuestAsync();
        await RefusedAsync(await FindAsync(authorId, Owner), 404, "no-such-erasure");
    }

    [Fact]
    public async Task Only_owners_of_all_videos_ask_and_find_out()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        var stays = await Client.PostAsAsync(guest, Video);
        var ofOne = ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: [Video]);
        var moderator = ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate", videos: ["*"]);
        foreach (var (token, status, type) in ((string?, int, string)[])
            [
                (null, 401, "token-needed"), (guest, 403, "insufficient-scope"), (moderator, 403, "insufficient-scope"),
                (ofOne, 403, "not-for-all-videos"),
            ])
        {
            await RefusedAsync(await DeleteAsync(authorId, token), status, type);
            await RefusedAsync(await FindAsync(authorId, token), status, type);
        }

        await RefusedAsync(await FindAsync(authorId, Owner), 404, "no-such-erasure");
        Assert.Equal([stays], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task An_id_that_nobody_has_is_refused()
    {
        await RefusedAsync(await DeleteAsync("x", Owner), 400, "invalid-author-id");
        await RefusedAsync(await FindAsync("x", Owner), 400, "invalid-author-id");
    }

    [Theory]
    [InlineData("comments", "DELETE")]
    [InlineData("erasure", "GET")]
    public async Task Other_methods_are_not_known(string path, string allowed)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, $"/people/AAAAAAAAAAA/{path}", Owner, "{}");
        Assert.Equal([allowed], answer.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private async Task AskAsync(string authorId)
    {
        using var answer = await DeleteAsync(authorId, Owner);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"got {(int)answer.StatusCode}: {body}");
        Assert.Equal($"/people/{authorId}/erasure", answer.Headers.Location?.OriginalString);
        var erasure = PostedErasure.Parse(body);
        Assert.Equal((authorId, "running", null), (erasure.AuthorId, erasure.State, erasure.Ended));
    }

    /// <summary>Waits until the last erasure is done, as another node of the target sees it.</summary>
    private async Task<PostedErasure> DoneAsync(string authorId)
    {
        var done = await Client.ErasureEndsAsync(authorId, Owner);
        Assert.True(done.Ended >= done.Asked);
        return done;
    }

    /// <summary>The next removal, where need be after the viewer was sent to another owner.</summary>
    private async Task<PostedRemoval> NextRemovalAsync(SseViewer viewer)
    {
        string? last = null;
        while (true)
        {
            try
            {
                var item = await viewer.NextAsync();
                if (item.EventType == "comment-removed") return PostedRemoval.Parse(item.EventId!, item.Data);
                last = item.EventId;
            }
            catch (EndOfStreamException)
            {
                viewer = await Client.WatchAsync(Video, lastEventId: last);
            }
        }
    }

    private Task<HttpResponseMessage> DeleteAsync(string authorId, string? token) =>
        Client.SendAsync(HttpMethod.Delete, $"/people/{authorId}/comments", token);

    private Task<HttpResponseMessage> FindAsync(string authorId, string? token) =>
        Client.ReadAsAsync($"/people/{authorId}/erasure", token);

    private static async Task RefusedAsync(HttpResponseMessage answer, int status, string type) =>
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync((HttpStatusCode)status, answer)).Type);
}
