using System.Globalization;
using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary>
/// <c>kill -9</c> while many post, and the same database again, round after round. The environment variable
/// <c>LIVECOMMENTS_CRASH_ROUNDS</c> sets how many, <c>LIVECOMMENTS_CRASH_SEED</c> repeats the moments of an earlier run.
/// </summary>
public sealed class CrashTests
{
    private const int Posters = 8;
    private const int MostPostsOfARound = 400;

    private static readonly int Rounds = FromEnvironment("LIVECOMMENTS_CRASH_ROUNDS") ?? 5;
    private static readonly int Seed = FromEnvironment("LIVECOMMENTS_CRASH_SEED") ?? Random.Shared.Next();

    private readonly PostLedger[] _ledgers = [new(), new(), new()];
    private readonly List<PostedComment> _seen = [];

    [Fact]
    public async Task Acknowledged_comments_survive_kill_9()
    {
        using var database = new TemporaryDatabase();
        var random = new Random(Seed);

        for (var round = 1; round <= Rounds; round++)
        {
            var killAfter = random.Next(1, MostPostsOfARound);
            try
            {
                await PostUntilKilledAsync(database, round, killAfter);
                await VerifyAsync(database);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Round {round}, killed after {killAfter} posts, LIVECOMMENTS_CRASH_SEED={Seed}.", e);
            }
        }
    }

    private async Task PostUntilKilledAsync(TemporaryDatabase database, int round, int killAfter)
    {
        await using var server = await database.ServeAsync(ContractTarget.Settings);
        using var client = new CommentsClient(new(server.Address));
        var viewers = await Task.WhenAll(_ledgers.Select(ledger => client.WatchAsync(ledger.Video, "?backlog=0")));
        var acknowledged = new Tally();

        var watching = viewers.Select(WatchUntilCutAsync).ToList();
        var posting = Task.WhenAll(Enumerable.Range(0, Posters).Select(poster =>
            PostUntilCutAsync(client, $"round {round}, poster {poster}", acknowledged)));
        var moment = acknowledged.ReachesAsync(killAfter);
        await Task.WhenAny(moment, posting);
        await server.KillAsync();

        await posting;
        await moment;
        foreach (var seen in await Task.WhenAll(watching))
            _seen.AddRange(seen);
    }

    private async Task PostUntilCutAsync(CommentsClient client, string poster, Tally acknowledged)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var ledger = _ledgers[i % _ledgers.Length];
                var post = ledger.Begin($"{poster}, post {i}", i % 2 == 0 ? $"{Guid.NewGuid()}" : null);
                ledger.Acknowledge(post, await client.PostAsync(ledger.Video, post.Message, key: post.Key));
                acknowledged.Increment();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The server is gone, and this post without an answer.
        }
    }

    private static async Task<IReadOnlyList<PostedComment>> WatchUntilCutAsync(SseViewer viewer)
    {
        var seen = new List<PostedComment>();
        try
        {
            while (true)
                seen.Add(await viewer.NextCommentAsync());
        }
        catch (IOException)
        {
            viewer.Dispose();
            return seen;
        }
    }

    private async Task VerifyAsync(TemporaryDatabase database)
    {
        await using var server = await database.ServeAsync(ContractTarget.Settings);
        using var client = new CommentsClient(new(server.Address));
        var kept = new List<PostedComment>();

        foreach (var ledger in _ledgers)
        {
            ledger.AssertKeptIn(await client.HistoryAsync(ledger.Video));
            foreach (var post in ledger.Posts.Where(post => post.Key is not null).TakeLast(2 * Posters))
                await RetryAsync(client, ledger, post);
            var history = await client.HistoryAsync(ledger.Video);
            ledger.AssertKeptIn(history);
            kept.AddRange(history);
        }

        Assert.Empty(_seen.Except(kept));
    }

    private static async Task RetryAsync(CommentsClient client, PostLedger ledger, BegunPost post)
    {
        using var answer = await client.SendAsync(ledger.Video, CommentsClient.Body("Ada", post.Message), post.Key);
        if (answer.StatusCode == HttpStatusCode.Created && post.Acknowledged is null)
        {
            ledger.Acknowledge(post, await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer));
            return;
        }

        var first = await CommentsClient.CommentOfAsync(HttpStatusCode.OK, answer);
        Assert.Equal(post.Message, first.Message);
        Assert.Equal(post.Acknowledged ?? first, first);
        post.Acknowledged = first;
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
