using System.Net;
using System.Text.Json;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Firehose.Tests;

/// <summary>
/// Three nodes of a cluster, two of which are killed under load and started again: each comment that was acknowledged arrives, in order.
/// </summary>
public sealed class ClusterTests : IDisposable
{
    private const int Nodes = 3;
    private const int Videos = 12;
    private const int KillEvery = 150;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly HashSet<string> _acknowledged = [];
    private readonly Tally _tally = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_acknowledged_comment_arrives_in_order_whichever_node_is_killed()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var nodes = new List<ServerProcess>();
        try
        {
            for (var node = 1; node <= Nodes; node++) nodes.Add(await ServeAsync(receiver, node));
            using var ended = new CancellationTokenSource();
            var posting = Task.WhenAll(Enumerable.Range(0, 6).Select(poster => PostAsync(nodes, poster, ended.Token)));
            // The first keeps the list of the others.
            foreach (var killed in (int[])[2, 3])
            {
                await _tally.ReachesAsync(_tally.Count + KillEvery).InTime();
                await nodes[killed - 1].KillAsync();
                await nodes[killed - 1].DisposeAsync();
                await _tally.ReachesAsync(_tally.Count + KillEvery).InTime();
                nodes[killed - 1] = await ServeAsync(receiver, killed);
            }

            await _tally.ReachesAsync(_tally.Count + KillEvery).InTime();
            await ended.CancelAsync();
            await posting;
            await receiver.UntilAsync(received =>
            {
                lock (_acknowledged) return _acknowledged.IsSubsetOf(received.Select(entry => entry.Id));
            });
        }
        finally
        {
            foreach (var node in Enumerable.Reverse(nodes)) await node.DisposeAsync();
        }

        Assert.Empty(receiver.Faults);
        receiver.Received.AssertInOrder();
    }

    private async Task PostAsync(List<ServerProcess> nodes, int poster, CancellationToken ended)
    {
        using var http = new HttpClient();
        for (var i = poster; !ended.IsCancellationRequested; i++)
        {
            // A node that was killed has another address when it is back; one that is away is passed over.
            var (address, video) = (nodes[i % Nodes].Address, $"show-{i % Videos}");
            try
            {
                using var answer = await http.PostAsync(
                    new Uri(address, $"/comments/{video}"), CommentsClient.Body("Ada", $"poster {poster}, post {i}"), ended);
                if (answer.StatusCode != HttpStatusCode.Created) continue;
                using var comment = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ended));
                lock (_acknowledged) _acknowledged.Add($"{video}/{comment.RootElement.GetProperty("id").GetString()}");
                _tally.Increment();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // No answer, or the test has posted enough.
            }
        }
    }

    private Task<ServerProcess> ServeAsync(TestReceiver receiver, int node) => ServerProcess.StartAsync(
        Program,
        [
            .. ContractTarget.Settings, "--Role=node", $"--Local:Node={node}",
            $"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}", "--Firehose:Videos:0=*", "--Firehose:PositionSeconds=1",
            $"--Firehose:Webhook:Url={receiver.Address}", $"--Firehose:Webhook:Secret={TestReceiver.Secret}",
        ]).InTime();
}
