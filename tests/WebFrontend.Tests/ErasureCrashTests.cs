using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary><c>kill -9</c> in the middle of an erasure, and the same database again: it goes on by itself until it is done.</summary>
public sealed class ErasureCrashTests
{
    private const int Videos = 600;

    private static string Owner => ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: ["*"]);

    [Fact]
    public async Task An_erasure_that_a_kill_cuts_short_is_done_after_the_next_start()
    {
        using var database = new TemporaryDatabase();
        var videos = Enumerable.Range(0, Videos).Select(_ => CommentsClient.NewVideo()).ToList();
        string authorId;
        await using (var server = await database.ServeAsync(ContractTarget.Settings))
        {
            using var client = new CommentsClient(new(server.Address));
            (var guest, authorId) = await client.BecomeGuestAsync();
            await Parallel.ForEachAsync(videos, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (video, _) =>
            {
                await client.PostAsAsync(guest, video, "erase me");
                await client.PostAsync(video, "stays");
            });

            using var viewer = await client.WatchAsync(videos.Min(StringComparer.Ordinal)!, "?backlog=0");
            using (var answer = await client.SendAsync(HttpMethod.Delete, $"/people/{authorId}/comments", Owner))
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            // It is one of the first.
            await viewer.NextRemovalAsync();
            await server.KillAsync();
        }

        await using var again = await database.ServeAsync(ContractTarget.Settings);
        using var reader = new CommentsClient(new(again.Address));
        // Else it was no crash in the middle.
        Assert.InRange(await CountLeftAsync(reader, videos), 1, Videos - 1);
        await reader.ErasureEndsAsync(authorId, Owner);

        foreach (var video in videos)
            Assert.Equal("stays", Assert.Single(await reader.HistoryAsync(video)).Message);
    }

    private static async Task<int> CountLeftAsync(CommentsClient client, IEnumerable<string> videos)
    {
        var left = 0;
        await Parallel.ForEachAsync(videos, async (video, _) =>
        {
            if ((await client.HistoryAsync(video)).Any(comment => comment.Message == "erase me")) Interlocked.Increment(ref left);
        });
        return left;
    }
}
