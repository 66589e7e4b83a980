namespace LiveComments.Client.Tests;

/// <summary>The program is killed under a client that follows and one that posts.</summary>
public sealed class RestartTests(CommentsServer server) : IClassFixture<CommentsServer>
{
    private const int Kills = 3;
    private const int Round = 30;
    private const int Comments = (Kills + 1) * Round;

    [Fact]
    public async Task Through_kills_of_the_server_nothing_is_lost_doubled_or_out_of_order()
    {
        using var client = server.NewClient();
        var (live, news, mayPost) = (new SemaphoreSlim(0), new SemaphoreSlim(0), new SemaphoreSlim(0));
        var seen = new List<string>();
        var following = Task.Run(async () =>
        {
            await foreach (var told in client.FollowAsync("restarts"))
            {
                Assert.IsNotType<GapEvent>(told);
                if (told is ConnectionEvent { State: ConnectionState.Live }) live.Release();
                if (told is not CommentEvent { Comment: var comment }) continue;
                seen.Add(comment.Message);
                news.Release();
                if (seen.Count == Comments) return;
            }
        });
        var posting = Task.Run(async () =>
        {
            for (var number = 0; number < Comments; number++)
            {
                await mayPost.WaitAsync();
                Assert.True((await client.PostAsync("restarts", $"{number}", "Ada")).IsPublished);
            }
        });

        for (var kill = 0; kill < Kills; kill++)
        {
            await live.WaitAsync().InTime();
            mayPost.Release(Round);
            // Then it is killed, in the midst of the posts of this round.
            for (var comment = 0; comment < Round / 3; comment++) await news.WaitAsync().InTime();
            await server.KillAsync();
            await server.StartAsync();
        }

        mayPost.Release(Round);
        await posting.InTime();
        await following.InTime();
        Assert.Equal(Enumerable.Range(0, Comments).Select(number => $"{number}"), seen);
        var history = new List<string>();
        await foreach (var comment in client.ReadHistoryAsync("restarts")) history.Insert(0, comment.Message);
        Assert.Equal(seen, history);
    }
}
