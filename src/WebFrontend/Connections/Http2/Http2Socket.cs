using System.Buffers;

namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>
/// A connection that speaks HTTP/2. The server serves it, but an endpoint may send the body of its response itself, in frames between those
/// of the server: the server's own way for each write is a pipe, a queue and a thread that wakes.
/// </summary>
internal sealed class Http2Socket : IConnectionSocket, IHttp2Streams
{
    private readonly IConnectionSocket _socket;
    private readonly FlowControl _flow = new();
    private readonly ClientFrames _received;
    private FrameScanner _sent;

    // Whose turn it is to send: a frame is sent whole before the next one begins.
    private readonly SemaphoreSlim _turn = new(1);

    // The server has sent a part of a frame, and still has its turn.
    private bool _isWithinFrame;
    private volatile bool _isBroken;

    public Http2Socket(IConnectionSocket socket)
    {
        _socket = socket;
        _received = new(_flow);
    }

    public IHttp2Stream? TryTakeOver(int stream) => _flow.TryTakeOver(stream) ? new Body(this, stream) : null;

    public async ValueTask WaitAsync()
    {
        try
        {
            await _socket.WaitAsync();
        }
        catch
        {
            _flow.EndAll();
            throw;
        }
    }

    public bool IsQuiet() => _socket.IsQuiet();

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            while (true)
            {
                var held = _received.Restore(buffer.Span);
                var read = await _socket.ReceiveAsync(buffer[held..]);
                if (read == 0)
                {
                    _flow.EndAll();
                    // What was begun and never ended is the server's to judge.
                    return held;
                }

                var count = _received.Pass(buffer.Span[..(held + read)]);
                if (count > 0) return count;
            }
        }
        catch
        {
            _flow.EndAll();
            throw;
        }
    }

    /// <summary>What the server sends.</summary>
    public async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (!_isWithinFrame) await _turn.WaitAsync(cancellationToken);
        try
        {
            await TakeForServerAsync(CountData(bytes.Span), cancellationToken);
            Account(bytes.Span);
            await _socket.SendAllAsync(bytes, cancellationToken);
        }
        catch
        {
            (_isBroken, _isWithinFrame) = (true, false);
            throw;
        }
        finally
        {
            if (!_isWithinFrame) _turn.Release();
        }
    }

    public void EndSending() => _socket.EndSending();

    public void Dispose()
    {
        _socket.Dispose();
        _flow.EndAll();
    }

    private int CountData(ReadOnlySpan<byte> bytes)
    {
        var (ahead, count) = (_sent, 0);
        while (ahead.TryNext(ref bytes, out var header))
            if (header.Type == FrameHeader.Data) count += header.Length;
        return count;
    }

    private async ValueTask TakeForServerAsync(int count, CancellationToken cancellationToken)
    {
        while (!_flow.TryTakeForServer(count, out var changed))
        {
            // Others may need less. Within a frame they can send nothing.
            if (!_isWithinFrame) _turn.Release();
            try
            {
                await changed.WaitAsync(cancellationToken);
            }
            finally
            {
                if (!_isWithinFrame) await _turn.WaitAsync(CancellationToken.None);
            }
        }
    }

    private void Account(ReadOnlySpan<byte> bytes)
    {
        while (_sent.TryNext(ref bytes, out var header)) _flow.Sending(header);
        _isWithinFrame = !_sent.IsBetweenFrames;
    }

    private void Abort(int stream)
    {
        _flow.End(stream);
        // A send that is stuck has the turn. Nothing else can be sent either, so the others lose nothing.
        if (_turn.Wait(0)) _turn.Release();
        else _socket.Dispose();
    }

    private ValueTask WriteAsync(int stream, ReadOnlyMemory<byte> bytes)
    {
        // Almost always nobody else sends, and the client allows all of it.
        if (!_turn.Wait(0)) return WriteRestAsync(default, stream, bytes, changed: null);
        var sending = SendInTurnAsync(stream, bytes, out var taken, out var changed);
        return sending.IsCompletedSuccessfully && taken == bytes.Length
            ? default
            : WriteRestAsync(sending, stream, bytes[taken..], changed);
    }

    private async ValueTask WriteRestAsync(ValueTask sending, int stream, ReadOnlyMemory<byte> rest, Task? changed)
    {
        await sending;
        while (!rest.IsEmpty)
        {
            if (changed is not null) await changed;
            await _turn.WaitAsync();
            await SendInTurnAsync(stream, rest, out var taken, out changed);
            rest = rest[taken..];
        }
    }

    /// <summary>Sends as much as the client allows. Whoever calls has the turn, which ends with it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="bytes">What is to be sent.</param>
    /// <param name="taken">So many of them are.</param>
    /// <param name="changed">If that is none: completes when it may be more.</param>
    private ValueTask SendInTurnAsync(int stream, ReadOnlyMemory<byte> bytes, out int taken, out Task? changed)
    {
        byte[] frames = [];
        try
        {
            if (_isBroken) throw new IOException("The connection broke while the server sent.");
            if (_flow.TryTake(stream, bytes.Length, out taken, out changed))
            {
                frames = ArrayPool<byte>.Shared.Rent(taken + (((taken / FrameHeader.MaxLength) + 1) * FrameHeader.Size));
                var sending = _socket.SendAllAsync(frames.AsMemory(0, Frame(stream, bytes.Span[..taken], frames)));
                if (!sending.IsCompletedSuccessfully) return FinishTurnAsync(sending, frames);
            }
        }
        catch
        {
            EndTurn(frames);
            throw;
        }

        EndTurn(frames);
        return default;
    }

    private async ValueTask FinishTurnAsync(ValueTask sending, byte[] frames)
    {
        try
        {
            await sending;
        }
        finally
        {
            EndTurn(frames);
        }
    }

    private void EndTurn(byte[] frames)
    {
        ArrayPool<byte>.Shared.Return(frames);
        _turn.Release();
    }

    /// <summary>Writes the bytes as frames.</summary>
    /// <returns>How long they are.</returns>
    private static int Frame(int stream, ReadOnlySpan<byte> bytes, Span<byte> frames)
    {
        var written = 0;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, FrameHeader.MaxLength)];
            new FrameHeader(piece.Length, FrameHeader.Data, Flags: 0, stream).Write(frames[written..]);
            piece.CopyTo(frames[(written + FrameHeader.Size)..]);
            written += FrameHeader.Size + piece.Length;
            bytes = bytes[piece.Length..];
        }

        return written;
    }

    private sealed class Body(Http2Socket socket, int stream) : IHttp2Stream
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => socket.WriteAsync(stream, bytes);

        public void Abort() => socket.Abort(stream);

        public void Dispose() => socket._flow.End(stream);
    }
}
