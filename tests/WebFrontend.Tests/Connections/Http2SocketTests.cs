using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Threading.Channels;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Connections.Http2;

namespace LiveComments.WebFrontend.Tests.Connections;

/// <summary>
/// A server and we send on one connection to a client that keeps exact account of what it allows (RFC 9113, 5.2), in generated pieces and
/// at any pace.
/// </summary>
public sealed class Http2SocketTests
{
    private const int ServersStream = 1;
    private const int OurStream = 3;
    private const int Initial = 65_535;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Neither_sends_what_the_client_does_not_allow_and_all_arrives(int seed)
    {
        var random = new Random(seed);
        var client = new Client(random);
        using var socket = new Http2Socket(client);
        var server = new Server(socket, new Random(seed + 1000), client.MostAllowed);
        var (theirs, ours) = (Bytes(random, 400_000), Bytes(random, 400_000));
        var serving = server.ReadAsync();
        client.Begin();
        await server.SeesAsync(OurStream).InTime();

        using var stream = socket.TryTakeOver(OurStream)!;
        var sending = Task.WhenAll(server.SendAsync(ServersStream, theirs), server.SendAsync(OurStream, "begin"u8.ToArray()), WriteAsync());
        await sending.InTime();

        Assert.Equal(theirs, client.Received(ServersStream));
        Assert.Equal([.. "begin"u8, .. ours], client.Received(OurStream));
        await client.EndAsync().InTime();
        await serving.InTime();
        Assert.Equal(client.Pings, server.Pings);
        Assert.True(SocketErrors.MeansGone(await Assert.ThrowsAnyAsync<Exception>(async () => await stream.WriteAsync(new byte[1]))));

        async Task WriteAsync()
        {
            for (var sent = 0; sent < ours.Length;)
            {
                var length = Math.Min(random.Next(1, 40_000), ours.Length - sent);
                await stream.WriteAsync(ours.AsMemory(sent, length));
                sent += length;
                await Task.Yield();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_waits_for_the_client_fails_when_the_stream_ends(bool byClient)
    {
        var client = new Client(new Random(1)) { ReadsNothing = true };
        using var socket = new Http2Socket(client);
        var server = new Server(socket, new Random(2), client.MostAllowed);
        _ = server.ReadAsync();
        client.Begin();
        await server.SeesAsync(OurStream).InTime();
        using var stream = socket.TryTakeOver(OurStream)!;
        await server.SendAsync(OurStream, new byte[1]);

        var writing = stream.WriteAsync(new byte[20_000_000]).AsTask();
        Assert.False(writing.IsCompleted);
        var reset = Frame(FrameHeader.Reset, OurStream, [0, 0, 0, 8]);
        if (byClient) client.Send(reset);
        else await socket.SendAllAsync(reset);

        await Assert.ThrowsAsync<IOException>(() => writing.InTime());
    }

    [Fact]
    public async Task A_write_that_waits_for_the_client_fails_when_the_connection_breaks()
    {
        var client = new Client(new Random(1)) { ReadsNothing = true };
        using var socket = new Http2Socket(client);
        var server = new Server(socket, new Random(2), client.MostAllowed);
        var serving = server.ReadAsync();
        client.Begin();
        await server.SeesAsync(OurStream).InTime();
        using var stream = socket.TryTakeOver(OurStream)!;
        await server.SendAsync(OurStream, new byte[1]);
        var writing = stream.WriteAsync(new byte[20_000_000]).AsTask();

        client.Break();

        await Assert.ThrowsAsync<IOException>(() => writing.InTime());
        await Assert.ThrowsAsync<IOException>(() => serving.InTime());
    }

    [Fact]
    public async Task A_stream_that_the_server_has_ended_is_not_taken_over()
    {
        var client = new Client(new Random(1));
        using var socket = new Http2Socket(client);
        var server = new Server(socket, new Random(2), client.MostAllowed);
        _ = server.ReadAsync();
        client.Begin();
        await server.SeesAsync(OurStream).InTime();
        await socket.SendAllAsync(Frame(FrameHeader.Headers, OurStream, [0x88], flags: 1));

        Assert.Null(socket.TryTakeOver(OurStream));
        Assert.Null(socket.TryTakeOver(5));
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Frame(byte type, int stream, ReadOnlySpan<byte> payload, byte flags = 0)
    {
        var frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(payload.Length, type, flags, stream).Write(frame);
        payload.CopyTo(frame.AsSpan(FrameHeader.Size));
        return frame;
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>The socket's other end: takes what is sent, and allows more once it has read half of what it allows.</summary>
    private sealed class Client(Random random) : IConnectionSocket
    {
        private const byte Ping = 6;

        private readonly Channel<byte[]> _toServer = Channel.CreateUnbounded<byte[]>();
        private readonly Dictionary<int, MemoryStream> _bodies = new() { [ServersStream] = new(), [OurStream] = new() };
        private readonly Dictionary<int, long> _windows = [];
        private readonly Dictionary<int, int> _unreported = [];
        private readonly int _extra = random.Next(3) * random.Next(1_000_000);
        private readonly int _streamWindow = random.Next(2) == 0 ? Initial : random.Next(20_000, 2_000_000);
        private readonly Channel<FrameHeader> _unread = Channel.CreateUnbounded<FrameHeader>();
        private readonly Lock _gate = new();
        private Task _reading = Task.CompletedTask;
        private FrameScanner _scanner;
        private FrameHeader _current;
        private int _currentRest;
        private byte[] _rest = [];

        public bool ReadsNothing { get; init; }

        public int Pings { get; private set; }

        /// <summary>The most that is allowed at once.</summary>
        public int MostAllowed => Initial + _extra;

        public void Begin()
        {
            if (!ReadsNothing) _reading = ReadAsync();
            (_windows[0], _windows[ServersStream], _windows[OurStream]) = (Initial + _extra, _streamWindow, _streamWindow);
            byte[] window = [0, 4, .. Number(_streamWindow)];
            Send(
            [
                .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(FrameHeader.Settings, 0, window),
                .. _extra > 0 ? Frame(FrameHeader.WindowUpdate, 0, Number(_extra)) : [],
                .. Frame(FrameHeader.Headers, ServersStream, [0x82]), .. Frame(FrameHeader.Headers, OurStream, [0x82]),
            ]);
        }

        public byte[] Received(int stream)
        {
            lock (_gate) return _bodies[stream].ToArray();
        }

        /// <summary>In pieces of any size.</summary>
        public void Send(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var piece = bytes[..Math.Min(bytes.Length, random.Next(1, 30))];
                _toServer.Writer.TryWrite(piece.ToArray());
                bytes = bytes[piece.Length..];
            }
        }

        /// <summary>Ends when it has read all.</summary>
        public async Task EndAsync()
        {
            _unread.Writer.TryComplete();
            await _reading;
            Dispose();
        }

        public void Break() => _toServer.Writer.TryComplete(new IOException("It broke."));

        public ValueTask WaitAsync() => default;

        public bool IsQuiet() => false;

        public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            if (_rest.Length == 0)
            {
                if (!await _toServer.Reader.WaitToReadAsync()) return 0;
                _rest = await _toServer.Reader.ReadAsync();
            }

            var count = Math.Min(buffer.Length, _rest.Length);
            _rest.AsSpan(0, count).CopyTo(buffer.Span);
            _rest = _rest[count..];
            return count;
        }

        public async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        {
            bool yields;
            lock (_gate) yields = random.Next(3) == 0;
            if (yields) await Task.Yield();
            lock (_gate) Take(bytes.Span);
        }

        public void EndSending()
        {
        }

        public void Dispose() => _toServer.Writer.TryComplete();

        private void Take(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                if (_currentRest == 0)
                {
                    var before = bytes.Length;
                    // Its header alone; the payload comes below.
                    var scanner = _scanner;
                    if (!scanner.TryNext(ref bytes, out _current))
                    {
                        _scanner = scanner;
                        return;
                    }

                    Assert.True(before > bytes.Length);
                    _scanner = default;
                    _currentRest = _current.Length;
                    if (_current.Type == FrameHeader.Data) Charge(_current);
                    continue;
                }

                var piece = bytes[..Math.Min(bytes.Length, _currentRest)];
                if (_current.Type == FrameHeader.Data) _bodies[_current.Stream].Write(piece);
                _currentRest -= piece.Length;
                bytes = bytes[piece.Length..];
            }
        }

        private void Charge(FrameHeader data)
        {
            foreach (var stream in (int[])[0, data.Stream])
                Assert.True((_windows[stream] -= data.Length) >= 0, $"More than was allowed on {stream}");
            _unread.Writer.TryWrite(data);
        }

        /// <summary>Reads what has come, later than it came.</summary>
        private async Task ReadAsync()
        {
            await foreach (var data in _unread.Reader.ReadAllAsync())
            {
                for (var later = random.Next(20); later > 0; later--) await Task.Yield();
                lock (_gate)
                    foreach (var (stream, whole) in new[] { (0, Initial + _extra), (data.Stream, _streamWindow) }) AllowAgain(stream, data.Length, whole);
            }
        }

        private void AllowAgain(int stream, int read, int whole)
        {
            var unreported = _unreported[stream] = _unreported.GetValueOrDefault(stream) + read;
            if (unreported < whole / 2) return;
            _unreported[stream] = 0;
            _windows[stream] += unreported;
            Send([.. Frame(FrameHeader.WindowUpdate, stream, Number(unreported)), .. Frame(Ping, 0, new byte[8])]);
            Pings++;
        }
    }

    /// <summary>Keeps account as a server does that knows of nobody else.</summary>
    private sealed class Server(IConnectionSocket socket, Random random, int mostAllowed)
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _seen = new();
        private readonly Dictionary<int, long> _windows = new() { [0] = Initial };
        private readonly SemaphoreSlim _sending = new(1);
        private readonly Lock _gate = new();
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Pings { get; private set; }

        public Task SeesAsync(int stream) => Seen(stream).Task;

        public async Task ReadAsync()
        {
            var (buffer, all) = (new byte[IConnectionSocket.MinReceive], new List<byte>());
            var preface = 24;
            while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                all.AddRange(buffer[..count]);
                var skipped = Math.Min(preface, all.Count);
                all.RemoveRange(0, skipped);
                preface -= skipped;
                while (preface == 0 && all.Count >= FrameHeader.Size)
                {
                    var header = FrameHeader.Read([.. all.Take(FrameHeader.Size)]);
                    if (all.Count < FrameHeader.Size + header.Length) break;
                    Handle(header, [.. all.Skip(FrameHeader.Size).Take(header.Length)]);
                    all.RemoveRange(0, FrameHeader.Size + header.Length);
                }
            }

            Assert.Empty(all);
        }

        /// <summary>In frames and pieces of any size, as its own account allows.</summary>
        public async Task SendAsync(int stream, byte[] body)
        {
            for (var sent = 0; sent < body.Length;)
            {
                Task changed;
                int length;
                lock (_gate)
                {
                    changed = _changed.Task;
                    length = (int)Math.Min(Math.Min(random.Next(1, FrameHeader.MaxLength), body.Length - sent), Math.Min(_windows[0], _windows[stream]));
                    length = Math.Max(0, length);
                    _windows[0] -= length;
                    _windows[stream] -= length;
                }

                if (length == 0)
                {
                    await changed;
                    continue;
                }

                ReadOnlyMemory<byte> frame = Frame(FrameHeader.Data, stream, body.AsSpan(sent, length));
                await _sending.WaitAsync();
                while (!frame.IsEmpty)
                {
                    var piece = frame[..Math.Min(frame.Length, random.Next(1, 5000))];
                    await socket.SendAllAsync(piece);
                    frame = frame[piece.Length..];
                }

                _sending.Release();
                sent += length;
            }
        }

        private void Handle(FrameHeader header, byte[] payload)
        {
            lock (_gate)
            {
                switch (header.Type)
                {
                    case FrameHeader.Settings:
                        _windows[ServersStream] = _windows[OurStream] = BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(2));
                        break;
                    case FrameHeader.Headers:
                        Seen(header.Stream).TrySetResult();
                        break;
                    case FrameHeader.WindowUpdate:
                        var increment = BinaryPrimitives.ReadInt32BigEndian(payload);
                        Assert.True(increment > 0);
                        _windows[header.Stream] += increment;
                        // Its account would run over one day.
                        Assert.True(header.Stream > 0 || _windows[0] <= mostAllowed);
                        _changed.TrySetResult();
                        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                        break;
                    case FrameHeader.Reset:
                        break;
                    default:
                        Pings++;
                        break;
                }
            }
        }

        private TaskCompletionSource Seen(int stream) =>
            _seen.GetOrAdd(stream, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
