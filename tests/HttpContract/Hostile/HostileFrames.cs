using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract.Hostile;

/// <summary>
/// Connections of HTTP/2 (RFC 9113) whose frames are partly sound: requests, streams that are reset at once, lengths, types, flags and
/// stream numbers that make no sense, header blocks that cannot be decoded, windows that overflow.
/// </summary>
public static class HostileFrames
{
    private const int Connections = 8;
    private const int Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    private const int EndStream = 1, EndHeaders = 4;

    // By the static table of HPACK.
    private const byte Http = 0x86, Https = 0x87;

    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];

    /// <summary>A connection over TLS that asks for the stream of the video <c>hostile</c>, and allows as much as there may be.</summary>
    public static byte[] AskForStream()
    {
        byte[] settings = [0, 4, 0x7F, 0xFF, 0xFF, 0xFF];
        return
        [
            .. Preface, .. Frame(Settings, 0, 0, settings), .. Frame(WindowUpdate, 0, 0, [0x7F, 0, 0, 0]),
            .. Frame(Headers, EndStream | EndHeaders, 1, Watch(Https)),
        ];
    }

    /// <summary>Opens so many connections, and gives how many of them got an answer to a request.</summary>
    public static async Task<int> SendAsync(Uri address, int connections, int seed)
    {
        var answered = 0;
        var scheme = address.Scheme == Uri.UriSchemeHttps ? Https : Http;
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
        {
            // Half of them are sound.
            var sound = number % 2 == 0;
            if (await ExchangeAsync(address, Generate(new(seed + number), sound, scheme), sound)) Interlocked.Increment(ref answered);
        });
        return answered;
    }

    private static byte[] Generate(Random random, bool sound, byte scheme)
    {
        var bytes = new List<byte>(Preface);
        bytes.AddRange(Frame(Settings, 0, 0, !sound && random.Next(4) == 0 ? Bytes(random, 6 * random.Next(1, 4)) : []));
        var stream = 1;
        for (var frames = random.Next(1, 20); frames > 0; frames--)
        {
            bytes.AddRange(random.Next(sound ? 6 : 13) switch
            {
                0 or 1 => Frame(Headers, EndStream | EndHeaders, Next(), Get(scheme)),
                2 => [.. Frame(Headers, EndHeaders, Next(), Post(scheme)), .. Frame(Data, EndStream, stream - 2, "{\"author\":\"Ada\",\"message\":\"x\"}"u8.ToArray())],
                // Rapid reset.
                3 => [.. Frame(Headers, EndStream | EndHeaders, Next(), Get(scheme)), .. Frame(Reset, 0, stream - 2, [0, 0, 0, 8])],
                4 => Frame(Ping, 0, 0, Bytes(random, 8)),
                // A viewer that says what it takes, and leaves.
                5 =>
                [
                    .. Frame(Headers, EndStream | EndHeaders, Next(), Watch(scheme)), .. Frame(WindowUpdate, 0, stream - 2, [0, 0, 0, 1]),
                    .. Frame(WindowUpdate, 0, 0, [0, 0, 0, 1]), .. Frame(Ping, 0, 0, Bytes(random, 8)), .. Frame(Reset, 0, stream - 2, [0, 0, 0, 8]),
                ],
                11 => Frame(Headers, EndStream | EndHeaders, Next(), Watch(scheme)),
                12 => Frame(WindowUpdate, 0, random.Next(3) * random.Next(stream + 2), [0x7F, 0xFF, 0xFF, 0xFF]),
                6 => Frame(Continuation, random.Next(8), random.Next(stream + 2), Bytes(random, random.Next(40))),
                7 => Frame(Ping, random.Next(2), 0, Bytes(random, random.Next(12))),
                9 => Frame(Headers, random.Next(64), Next(), Bytes(random, random.Next(40))),
                8 => Frame(random.Next(256), random.Next(256), random.Next(stream + 2), Bytes(random, random.Next(64))),
                _ => Bytes(random, random.Next(1, 30)),
            });
        }

        // The server closes the connection when it has answered.
        return [.. bytes, .. Frame(GoAway, 0, 0, new byte[8])];

        int Next()
        {
            var next = stream;
            stream += 2;
            // Now and then a number that was used, or that the server alone may use.
            return !sound && random.Next(20) == 0 ? random.Next(next + 4) : next;
        }
    }

    // By the static table of HPACK (RFC 7541, appendix A): GET / of the authority a, POST /comments/hostile, and its stream.
    private static byte[] Get(byte scheme) => [0x82, scheme, 0x84, 0x41, 0x01, (byte)'a'];
    private static byte[] Post(byte scheme) =>
        [0x83, scheme, 0x44, 17, .. "/comments/hostile"u8, 0x41, 0x01, (byte)'a', 0x5F, 16, .. "application/json"u8];

    private static byte[] Watch(byte scheme) => [0x82, scheme, 0x44, 24, .. "/comments/hostile/stream"u8, 0x41, 0x01, (byte)'a'];

    private static byte[] Frame(int type, int flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = ((byte)type, (byte)flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Sends the bytes and reads to the end; true if a frame with headers came.</summary>
    private static async Task<bool> ExchangeAsync(Uri address, byte[] bytes, bool sound)
    {
        await using var connection = await RawHttp.OpenAsync(address, protocol: SslApplicationProtocol.Http2);
        using var received = new MemoryStream();
        try
        {
            await connection.WriteAsync(bytes);
            if (!sound) await EndSendingAsync(connection);
            await connection.CopyToAsync(received).InTime();
        }
        catch (IOException)
        {
            // It was cut off, as it may be.
        }

        return HasHeaders(received.ToArray());
    }

    private static async Task EndSendingAsync(Stream connection)
    {
        if (connection is SslStream tls) await tls.ShutdownAsync();
        else ((NetworkStream)connection).Socket.Shutdown(SocketShutdown.Send);
    }

    private static bool HasHeaders(ReadOnlySpan<byte> frames)
    {
        while (frames.Length >= 9)
        {
            if (frames[3] == Headers) return true;
            var length = 9 + (BinaryPrimitives.ReadInt32BigEndian(frames) >> 8);
            if (length > frames.Length) return false;
            frames = frames[length..];
        }

        return false;
    }
}
