using System.Globalization;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Firehose.Tests;

/// <summary>
/// <c>kill -9</c> of the server program while many post and the receiver now and then fails: each comment that was acknowledged arrives, in
/// order. <c>LIVECOMMENTS_CRASH_ROUNDS</c> and <c>LIVECOMMENTS_CRASH_SEED</c> are those of the other crash test.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const int Posters = 8;
    private const int Videos = 4;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");
    private static readonly int Rounds = FromEnvironment("LIVECOMMENTS_CRASH_ROUNDS") ?? 5;
    private static readonly int Seed = FromEnvironment("LIVECOMMENTS_CRASH_SEED") ?? Random.Shared.Next();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly HashSet<string> _acknowledged = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_acknowledged_comment_arrives_in_order_whenever_the_server_is_killed()
    {
        var random = new Random(Seed);
        await using var receiver = await TestReceiver.StartAsync();
        // Some requests fail after their work, some before.
        receiver.KeepsAll = true;
        var faults = new Random(Seed + 1);
        receiver.Answer = _ =>
        {
            lock (faults) return Task.FromResult<int?>(faults.Next(10) == 0 ? 500 : 200);
        };
        for (var round = 1; round <= Rounds; round++)
            await PostUntilKilledAsync(receiver, round, killAfter: random.Next(1, 400));

        await using (var server = await ServeAsync(receiver))
            await receiver.UntilAsync(received => _acknowledged.IsSubsetOf(received.Select(entry => entry.Id)));
        Assert.Empty(receiver.Faults);
        receiver.Received.AssertInOrder();
    }

    private async Task PostUntilKilledAsync(TestReceiver receiver, int round, int killAfter)
    {
        await using var server = await ServeAsync(receiver);
        using var client = new CommentsClient(new(server.Address));
        var acknowledged = new Tally();
        var posting = Task.WhenAll(Enumerable.Range(0, Posters).Select(poster => PostUntilCutAsync(client, poster, acknowledged)));
        try
        {
            await acknowledged.ReachesAsync(killAfter);
            await server.KillAsync();
            await posting;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Round {round}, killed after {killAfter} posts, LIVECOMMENTS_CRASH_SEED={Seed}.", exception);
        }
    }

    private async Task PostUntilCutAsync(CommentsClient client, int poster, Tally acknowledged)
    {
        try
        {
            for (var i = poster; ; i++)
            {
                var posted = await client.PostAsync($"show-{i % Videos}", $"poster {poster}, post {i}");
                lock (_acknowledged) _acknowledged.Add($"{posted.LiveVideoId}/{posted.Id}");
                acknowledged.Increment();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The server is gone, and this post without an answer.
        }
    }

    private Task<ServerProcess> ServeAsync(TestReceiver receiver) => ServerProcess.StartAsync(
        Program,
        [
            .. ContractTarget.Settings, $"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}", "--Firehose:Videos:0=show-*",
            $"--Firehose:Webhook:Url={receiver.Address}", $"--Firehose:Webhook:Secret={TestReceiver.Secret}",
        ]);

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
