using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract.Hostile;

/// <summary>
/// Sends generated input to a server over sockets, and counts the answers. The environment variable <c>LIVECOMMENTS_HOSTILE_SEED</c> repeats
/// an earlier run's.
/// </summary>
/// <param name="address">The server.</param>
public sealed partial class HostileInputs(Uri address)
{
    private const int Pipelined = 50;
    private const int Connections = 8;
    private const int LongBody = 16 * 1024;

    private readonly ConcurrentDictionary<int, int> _statuses = [];

    /// <summary>The live video that what is well-formed by chance is posted to.</summary>
    public const string Video = HostileRequests.Video;

    /// <summary>What the run's inputs follow from.</summary>
    public static int Seed { get; } = FromEnvironment("LIVECOMMENTS_HOSTILE_SEED") ?? Random.Shared.Next();

    /// <summary>How many inputs: what <c>LIVECOMMENTS_HOSTILE_INPUTS</c> says, or 100,000.</summary>
    public static int Count { get; } = FromEnvironment("LIVECOMMENTS_HOSTILE_INPUTS") ?? 100_000;

    /// <summary>How often each status was answered.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    /// <summary>
    /// Sends inputs: half of them are sound and sent many in one go, of which each must be answered; a quarter was sound before it was broken,
    /// and a quarter has odd framing.
    /// </summary>
    public Task SendAllKindsAsync(int inputs) => SendAsync(inputs, async batch =>
    {
        // The same inputs in the same batch, whatever else is sent.
        var kind = batch % 4 == 3 ? HostileFraming.Any : HostileRequests.Any;
        if (batch % 2 == 0) await SendSoundAsync(Sample(kind, batch));
        else await SendBrokenAsync(Sample(kind, batch), new(Seed + batch), mutated: batch % 4 == 1);
    });

    /// <summary>
    /// Sends inputs, each over a connection of its own: a third is sound and must be answered, a third was, and a third has odd framing.
    /// </summary>
    public Task SendOneByOneAsync(int inputs) => SendAsync(inputs, async batch =>
    {
        var requests = Sample(batch % 3 == 0 ? HostileFraming.Any : HostileRequests.Any, batch);
        if (batch % 3 != 2) await SendBrokenAsync(requests, new(Seed + batch), mutated: batch % 3 == 1);
        else foreach (var request in requests) await SendSoundAsync(new[] { request });
    });

    private static byte[][] Sample(Gen<byte[]> kind, int batch) =>
        [.. kind.Sample(20, new Rnd((ulong)Seed, (ulong)(2 * batch) + 1), Pipelined)];

    private static Task SendAsync(int inputs, Func<int, Task> send) => Parallel.ForAsync(
        0,
        inputs / Pipelined,
        new ParallelOptions { MaxDegreeOfParallelism = Connections },
        async (batch, _) =>
        {
            try
            {
                await send(batch);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Batch {batch}, LIVECOMMENTS_HOSTILE_SEED={Seed}", failure);
            }
        });

    /// <summary>Sends requests in one go, and again those after one that ended the connection; each must have its answer.</summary>
    private async Task SendSoundAsync(ReadOnlyMemory<byte[]> requests)
    {
        byte[] farewell = [.. "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8];
        while (!requests.IsEmpty)
        {
            byte[][] sent = [.. requests.Span, farewell];
            var (answers, reset) = await ExchangeAsync(SendAllAsync, sent.SelectMany(request => request).ToArray());
            var counted = CountIn(answers);
            if (counted == sent.Length) return;

            // What HTTP itself forbids ends the connection after its answer, which a reset may overtake (RFC 9112, section 9.6). So does a
            // body that is refused unread and too long to skip.
            var ended = reset || answers.Contains("Connection: close", StringComparison.Ordinal) || sent[Math.Max(counted, 1) - 1].Length > LongBody;
            Assert.True(ended, $"{counted} answers; none to {Encoding.UTF8.GetString(sent[counted])}");
            requests = requests[Math.Clamp(counted, 1, requests.Length)..];
        }
    }

    /// <summary>
    /// Sends each request over a connection of its own, with faults, and closes the sending half; it may be answered or cut off.
    /// </summary>
    private async Task SendBrokenAsync(byte[][] requests, Random random, bool mutated)
    {
        var mutator = new WireMutator(random);
        foreach (var request in requests)
        {
            Func<Socket, ReadOnlyMemory<byte>, Task> send = random.Next(100) == 0 ? SendByteByByteAsync : SendHalfAsync;
            CountIn((await ExchangeAsync(send, mutated ? mutator.Mutate(request) : request)).Answers);
        }
    }

    /// <summary>Sends bytes and reads all that comes back, until the server closes or resets the connection.</summary>
    private async Task<(string Answers, bool Reset)> ExchangeAsync(Func<Socket, ReadOnlyMemory<byte>, Task> send, ReadOnlyMemory<byte> bytes)
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

    private int CountIn(string answers)
    {
        var matches = StatusLine().Matches(answers);
        foreach (Match match in matches)
            _statuses.AddOrUpdate(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 1, (_, count) => count + 1);
        return matches.Count;
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    // All but 100 Continue, after which the answer still comes.
    [GeneratedRegex("HTTP/1\\.1 ([2-5][0-9]{2}) ")]
    private static partial Regex StatusLine();
}
