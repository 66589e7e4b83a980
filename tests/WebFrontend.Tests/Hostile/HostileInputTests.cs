using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Xunit.Abstractions;

namespace LiveComments.WebFrontend.Tests.Hostile;

/// <summary>
/// Generated input against the real program over sockets. <c>LIVECOMMENTS_HOSTILE_INPUTS</c> says how many, <c>LIVECOMMENTS_HOSTILE_SEED</c>
/// repeats an earlier run's.
/// </summary>
public sealed partial class HostileInputTests(ITestOutputHelper output) : IDisposable
{
    private const int Pipelined = 50;
    private const int Connections = 8;
    private const int LongBody = 16 * 1024;

    private static readonly int Inputs = FromEnvironment("LIVECOMMENTS_HOSTILE_INPUTS") ?? 100_000;
    private static readonly int Seed = FromEnvironment("LIVECOMMENTS_HOSTILE_SEED") ?? Random.Shared.Next();

    private readonly TemporaryDatabase _database = new();
    private readonly Dictionary<int, int> _statuses = [];

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Nothing_that_clients_send_breaks_the_server_or_forges_an_event()
    {
        output.WriteLine($"LIVECOMMENTS_HOSTILE_SEED={Seed}");
        await using var server = await _database.ServeAsync([.. ContractTarget.Settings, "--Streaming:Replay=1000000"]);
        using var client = new CommentsClient(new(server.Address));
        var first = await client.PostAsync(HostileRequests.Video);

        await Parallel.ForAsync(0, Inputs / Pipelined, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (batch, _) =>
        {
            var requests = HostileRequests.Any.Sample(20, new Rnd((ulong)Seed, (ulong)(2 * batch) + 1), Pipelined).ToArray();
            try
            {
                if (batch % 2 == 0) await SendSoundAsync(server.Address, requests);
                else await SendBrokenAsync(server.Address, requests, new(Seed + batch));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Batch {batch}, LIVECOMMENTS_HOSTILE_SEED={Seed}", failure);
            }
        });

        output.WriteLine(string.Join(", ", _statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        // RFC 9110 has these two, and no others from 500 up, for what a client asks: a coding or method, a version that a server does not know.
        Assert.DoesNotContain(_statuses.Keys, status => status >= 500 && status is not (501 or 505));
        Assert.Contains(201, _statuses.Keys);
        server.AssertNothingLogged();

        // All that was let in comes as the events that it is and as nothing else.
        var last = await client.PostAsync(HostileRequests.Video);
        using var viewer = await client.WatchAsync(HostileRequests.Video, $"?after={first.Id}");
        Assert.Equal(await client.HistoryAsync(HostileRequests.Video), [first, .. await viewer.TakeThroughAsync(last)]);
    }

    /// <summary>Sends requests in one go, and again those after one that ended the connection; each must have its answer.</summary>
    private async Task SendSoundAsync(Uri address, ReadOnlyMemory<byte[]> requests)
    {
        byte[] farewell = [.. "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8];
        while (!requests.IsEmpty)
        {
            byte[][] sent = [.. requests.Span, farewell];
            var (answers, reset) = await ExchangeAsync(address, SendAllAsync, sent.SelectMany(request => request).ToArray());
            var counted = Count(answers);
            if (counted == sent.Length) return;

            // What HTTP itself forbids ends the connection after its answer, which a reset may overtake (RFC 9112, section 9.6). So does a body that
            // is refused unread and too long to skip.
            var ended = reset || answers.Contains("Connection: close", StringComparison.Ordinal) || sent[Math.Max(counted, 1) - 1].Length > LongBody;
            Assert.True(ended, $"{counted} answers; none to {Encoding.UTF8.GetString(sent[counted])}");
            requests = requests[Math.Clamp(counted, 1, requests.Length)..];
        }
    }

    /// <summary>Sends each request over a connection of its own, with faults, and closes the sending half; it may be answered or cut off.</summary>
    private async Task SendBrokenAsync(Uri address, byte[][] requests, Random random)
    {
        var mutator = new WireMutator(random);
        foreach (var request in requests)
            Count((await ExchangeAsync(address, random.Next(100) == 0 ? SendByteByByteAsync : SendHalfAsync, mutator.Mutate(request))).Answers);
    }

    /// <summary>Sends bytes and reads all that comes back, until the server closes or resets the connection.</summary>
    private static async Task<(string Answers, bool Reset)> ExchangeAsync(Uri address, Func<Socket, ReadOnlyMemory<byte>, Task> send, ReadOnlyMemory<byte> bytes)
    {
        using var socket = await RawHttp.ConnectAsync(address);
        // Closed by a reset: a hundred thousand connections at rest would use up the ports.
        socket.LingerState = new(true, 0);
        var answers = new StringBuilder();
        try
        {
            var buffer = new byte[16 * 1024];
            var sending = send(socket, bytes);
            while (await socket.ReceiveAsync(buffer).InTime() is > 0 and var length) answers.Append(Encoding.Latin1.GetString(buffer, 0, length));
            await sending.InTime();
            return (answers.ToString(), false);
        }
        catch (SocketException)
        {
            return (answers.ToString(), true);
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty) rest = rest[await socket.SendAsync(rest)..];
    }

    private static async Task SendHalfAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        await SendAllAsync(socket, bytes);
        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task SendByteByByteAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++) await socket.SendAsync(bytes.Slice(i, 1));
        socket.Shutdown(SocketShutdown.Send);
    }

    private int Count(string answers)
    {
        var matches = StatusLine().Matches(answers);
        lock (_statuses)
        {
            foreach (Match match in matches)
            {
                var status = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            }
        }

        return matches.Count;
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    // All but 100 Continue, after which the answer still comes.
    [GeneratedRegex("HTTP/1\\.1 ([2-5][0-9]{2}) ")]
    private static partial Regex StatusLine();
}
