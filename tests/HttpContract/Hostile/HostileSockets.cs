using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract.Hostile;

/// <summary>
/// WebSockets (RFC 6455) whose frames are partly sound: posts whole and in fragments, pings, and then masks that are missing, lengths that
/// lie, reserved bits, control frames that are long or in pieces, text that is not UTF-8, closes with codes that are none.
/// </summary>
public static class HostileSockets
{
    private const int Connections = 8;
    private const int FramesEach = 20;
    private const int Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    private static readonly byte[] Post = [.. "{\"type\":\"post\",\"author\":\"Ada\",\"message\":\"x\"}"u8];

    /// <summary>Sends so many frames, and gives how many posts were taken and how many sockets were closed with each code (0: none).</summary>
    public static async Task<(int Posted, IReadOnlyDictionary<int, int> Closes)> SendAsync(Uri address, string video, int frames, int seed)
    {
        var (gate, posted, closes) = (new Lock(), 0, new Dictionary<int, int>());
        await Parallel.ForAsync(
            0, frames / FramesEach, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
            {
                var answer = await ExchangeAsync(address, video, Generate(new(seed + number), isSound: number % 3 == 0));
                var (count, close) = Read(answer);
                lock (gate)
                {
                    posted += count;
                    closes[close] = closes.GetValueOrDefault(close) + 1;
                }
            });
        return (posted, closes);
    }

    private static byte[] Generate(Random random, bool isSound)
    {
        var bytes = new List<byte>();
        for (var frames = FramesEach - 1; frames > 0; frames--)
            bytes.AddRange(isSound || random.Next(8) != 0 ? Sound(random) : Unsound(random));
        bytes.AddRange(Frame(random, Close, [0x03, 0xE8]));
        // What promises more than it sends would wait for ever: this is more than a message may have, and no frame.
        if (!isSound) bytes.AddRange(new byte[70_000]);
        return [.. bytes];
    }

    private static byte[] Sound(Random random) => random.Next(4) switch
    {
        0 => Frame(random, Text, Post),
        1 => [.. Frame(random, Text, Post[..9], isLast: false), .. Frame(random, Ping, [1]), .. Frame(random, Continuation, Post[9..])],
        2 => Frame(random, Ping, Bytes(random, random.Next(126))),
        _ => Frame(random, Pong, Bytes(random, random.Next(126))),
    };

    private static byte[] Unsound(Random random) => random.Next(12) switch
    {
        0 => Frame(random, Text, Post, isMasked: false),
        1 => Frame(random, Text, Bytes(random, random.Next(200))),
        2 => Frame(random, Binary, Bytes(random, random.Next(200))),
        3 => Frame(random, Continuation, Post),
        4 => Frame(random, random.Next(16), Bytes(random, random.Next(200))),
        5 => Frame(random, Ping, Bytes(random, random.Next(126, 300))),
        6 => Frame(random, Ping, [1], isLast: false),
        7 => Frame(random, Text, Post, reserved: random.Next(1, 8)),
        8 => Frame(random, Close, Bytes(random, random.Next(126))),
        9 => Frame(random, Text, Bytes(random, random.Next(8_000, 20_000))),
        10 => [0x81, 0xFF, .. Bytes(random, 8), 0, 0, 0, 0],
        _ => Bytes(random, random.Next(1, 40)),
    };

    private static byte[] Frame(Random random, int code, byte[] payload, bool isLast = true, bool isMasked = true, int reserved = 0)
    {
        var header = new byte[14];
        header[0] = (byte)((isLast ? 0x80 : 0) | reserved << 4 | code);
        var length = 2;
        if (payload.Length < 126)
        {
            header[1] = (byte)payload.Length;
        }
        else
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)payload.Length);
            length = 4;
        }

        if (!isMasked) return [.. header[..length], .. payload];
        header[1] |= 0x80;
        var mask = Bytes(random, 4);
        return [.. header[..length], .. mask, .. payload.Select((value, i) => (byte)(value ^ mask[i % 4]))];
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>All that the server sends until it ends the connection.</summary>
    private static async Task<byte[]> ExchangeAsync(Uri address, string video, byte[] frames)
    {
        using var socket = await RawHttp.ConnectAsync(address);
        var received = new MemoryStream();
        try
        {
            var head = $"GET /comments/{video}?backlog=0 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
            await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. frames]).InTime();
            var buffer = new byte[64 * 1024];
            while (await socket.ReceiveAsync(buffer).InTime() is > 0 and var count) received.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // It was reset: it had more to say than the server read.
        }

        return received.ToArray();
    }

    /// <summary>Reads the server's frames, which must be sound, each and all.</summary>
    private static (int Posted, int Close) Read(ReadOnlySpan<byte> answer)
    {
        var (posted, close) = (0, 0);
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return (0, 0);
        Assert.StartsWith("HTTP/1.1 101 ", Encoding.ASCII.GetString(answer[..end]), StringComparison.Ordinal);
        var rest = answer[(end + 4)..];
        while (rest.Length >= 2)
        {
            Assert.Equal(0, close);
            Assert.Contains(rest[0] & 0xFF, (int[])[0x80 | Text, 0x80 | Close, 0x80 | Ping, 0x80 | Pong]);
            Assert.Equal(0, rest[1] & 0x80);
            var (length, start) = rest[1] < 126 ? (rest[1], 2) : (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), 4);
            // It may have been reset within a frame.
            if (rest.Length < start + length) break;
            var payload = rest.Slice(start, length);
            if ((rest[0] & 15) == Close) close = length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload);
            else if (payload.StartsWith("{\"type\":\"posted\""u8)) posted++;
            rest = rest[(start + length)..];
        }

        return (posted, close);
    }
}
