using System.Threading.Tasks.Sources;

namespace LiveComments.LoadTester.Connections;

/// <summary>
/// A non-blocking socket as the stream that <see cref="System.Net.Security.SslStream"/> wants. What cannot be done at once is done by
/// <see cref="TryContinue"/>, in the caller's thread: no thread pool takes part.
/// </summary>
internal sealed class SocketStream(TcpSocket socket) : Stream
{
    private readonly Operation _read = new();
    private readonly Operation _write = new();
    private Memory<byte> _toFill;
    private ReadOnlyMemory<byte> _toSend;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Does what waits for the socket. False if the socket is not ready for any of it: then wait for its next event.</summary>
    public bool TryContinue()
    {
        if (!_read.Waits && !_write.Waits)
        {
            // TLS goes on in another thread, which happens only if the stack is too deep for this one.
            Thread.Yield();
            return true;
        }

        var sent = _write.Waits && TrySend() is { } result && _write.Complete(result);
        return (_read.Waits && TryReceive() is { } received && _read.Complete(received)) || sent;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _toFill = buffer;
        return TryReceive() is { } received ? new(Succeeded(received)) : new(_read, _read.Begin());
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _toSend = buffer;
        if (TrySend() is not { } sent) return new(_write, _write.Begin());
        Succeeded(sent);
        return default;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static int Succeeded(int result) => result >= 0 ? result : throw new IOException(SocketErrors.Describe(-result));

    /// <summary>The bytes received, or a negative errno; null if there are none now.</summary>
    private int? TryReceive() => socket.Receive(_toFill.Span) is var received && received != -TcpSocket.WouldBlock ? received : null;

    /// <summary>0 once all is sent, or a negative errno; null if there is no more room now.</summary>
    private int? TrySend()
    {
        while (_toSend.Length > 0)
        {
            var sent = socket.Send(_toSend.Span);
            if (sent < 0) return sent == -TcpSocket.WouldBlock ? null : sent;
            _toSend = _toSend[sent..];
        }

        return 0;
    }

    /// <summary>A read or a write that waits for the socket. Whoever awaits it goes on in the call that completes it.</summary>
    private sealed class Operation : IValueTaskSource<int>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<int> _core;
        private volatile bool _waits;

        public bool Waits => _waits;

        public short Begin()
        {
            _core.Reset();
            _waits = true;
            return _core.Version;
        }

        public bool Complete(int result)
        {
            _waits = false;
            if (result >= 0) _core.SetResult(result);
            else _core.SetException(new IOException(SocketErrors.Describe(-result)));
            return true;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);

        public int GetResult(short token) => _core.GetResult(token);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);
    }
}
