using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveComments.WebFrontend.Connections.Tls;

/// <summary>
/// The TLS upon a socket, which OpenSSL reads and writes itself: no buffer, pipe or task stands between, and an idle connection holds no
/// buffer.
/// </summary>
internal sealed class TlsSocket : IConnectionSocket
{
    // OpenSSL permits one call for a session at a time. None of them waits.
    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly SafeSocketHandle _descriptor;
    private readonly OpenSsl.SessionHandle _session;

    // Where the session writes while the socket has no room; 0 where it writes to the socket.
    private nint _overflow;

    // What the session has is not enough to read anything: more must come.
    private bool _isDrained;

    private TlsSocket(TlsContext context, Socket socket)
    {
        (_socket, _descriptor) = (socket, socket.SafeHandle);
        _session = OpenSsl.NewSession(context.Handle);
    }

    /// <summary>What a call of OpenSSL came to.</summary>
    private enum Outcome
    {
        Done,
        WantsRead,
        WantsWrite,
        Ended,
    }

    /// <summary>The protocol that was agreed on (ALPN), empty if none.</summary>
    public ReadOnlyMemory<byte> Protocol { get; private set; }

    /// <summary>Establishes TLS.</summary>
    /// <param name="context">The endpoint's.</param>
    /// <param name="socket">A socket that does not block; the TLS owns it.</param>
    /// <param name="timeout">Ends the wait for the client.</param>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    /// <remarks>
    /// Throws what <see cref="SocketErrors.MeansGone"/> knows where the client does not speak TLS, or nothing that both know.
    /// </remarks>
    public static async Task<TlsSocket> AcceptAsync(TlsContext context, Socket socket, CancellationToken timeout)
    {
        var tls = new TlsSocket(context, socket);
        try
        {
            tls.BindToSocket();
            await tls.ShakeHandsAsync(timeout);
            tls.Protocol = tls.ReadProtocol();
            return tls;
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }

    public async ValueTask WaitAsync()
    {
        if (!_isDrained && HasPending()) return;
        await _socket.ReceiveAsync(Memory<byte>.Empty);
        _isDrained = false;
    }

    public bool IsQuiet()
    {
        Span<byte> one = stackalloc byte[1];
        return TryRead(one, out _) == Outcome.WantsRead;
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        int read;
        Outcome outcome;
        while ((outcome = TryRead(buffer.Span, out read)) == Outcome.WantsRead) await WaitAsync();
        return outcome == Outcome.Ended ? 0 : read;
    }

    public ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        while (!bytes.IsEmpty)
        {
            if (TryWrite(bytes.Span, out var written) == Outcome.WantsWrite) return SendRestAsync(bytes, cancellationToken);
            bytes = bytes[written..];
        }

        return default;
    }

    /// <summary>With a farewell, so that the peer knows that nothing was cut off (RFC 8446, 6.1).</summary>
    public void EndSending()
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            OpenSsl.Shutdown(_session);
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    public void Dispose()
    {
        // The socket first: what waits for it ends.
        _socket.Dispose();
        lock (_gate) _session.Dispose();
    }

    private async Task ShakeHandsAsync(CancellationToken timeout)
    {
        Outcome outcome;
        while ((outcome = TryAccept()) != Outcome.Done)
        {
            if (outcome == Outcome.Ended) throw new IOException("The client ended the handshake.");
            if (outcome == Outcome.WantsWrite)
            {
                Overflow();
                continue;
            }

            await SendOverflowAsync(timeout);
            await _socket.ReceiveAsync(Memory<byte>.Empty, timeout);
        }

        await SendOverflowAsync(timeout);
    }

    /// <summary>
    /// Record by record. What the socket has no room for is kept where the session can write it, and goes from there to the socket as it has
    /// room: never more than one record.
    /// </summary>
    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (TryWrite(bytes.Span, out var written) == Outcome.WantsWrite)
            {
                Overflow();
                continue;
            }

            bytes = bytes[written..];
            await SendOverflowAsync(cancellationToken);
        }
    }

    private async ValueTask SendOverflowAsync(CancellationToken cancellationToken)
    {
        while (TakeOverflow() is { } rest)
        {
            try
            {
                await PlainSocket.SendRestAsync(_socket, rest, cancellationToken);
            }
            finally
            {
                if (MemoryMarshal.TryGetArray<byte>(rest, out var rented)) ArrayPool<byte>.Shared.Return(rented.Array!);
            }
        }
    }

    /// <summary>Takes what the session wrote meanwhile. If that is nothing it writes to the socket again.</summary>
    private ReadOnlyMemory<byte>? TakeOverflow()
    {
        lock (_gate)
        {
            if (_overflow == 0) return null;
            using var hold = new Hold(this);
            var length = (int)OpenSsl.CountPending(_overflow);
            if (length == 0)
            {
                // The session frees the other.
                OpenSsl.SetOutput(_session, OpenSsl.NewSocketOutput(hold.Descriptor, close: 0));
                _overflow = 0;
                return null;
            }

            var rented = ArrayPool<byte>.Shared.Rent(length);
            return rented.AsMemory(0, OpenSsl.Take(_overflow, rented, length));
        }
    }

    private void Overflow()
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            _overflow = OpenSsl.NewBuffer(OpenSsl.MemoryMethod());
            OpenSsl.SetOutput(_session, _overflow);
        }
    }

    private void BindToSocket()
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            if (_session.IsInvalid || OpenSsl.SetSocket(_session, hold.Descriptor) != OpenSsl.Ok) throw new IOException("OpenSSL has no memory for a session.");
        }
    }

    private byte[] ReadProtocol()
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            OpenSsl.GetProtocol(_session, out var protocol, out var length);
            var copy = new byte[length];
            if (length > 0) Marshal.Copy(protocol, copy, 0, copy.Length);
            return copy;
        }
    }

    private bool HasPending()
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            return OpenSsl.HasPending(_session) != 0;
        }
    }

    private Outcome TryAccept()
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            OpenSsl.ClearErrors();
            return Judge(OpenSsl.Accept(_session));
        }
    }

    private Outcome TryRead(Span<byte> buffer, out int read)
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            OpenSsl.ClearErrors();
            var outcome = Judge(OpenSsl.Read(_session, buffer, (nuint)buffer.Length, out var count));
            // It writes only where the peer wants new keys; one for whose answer there is no room has stopped reading.
            if (outcome == Outcome.WantsWrite) throw new IOException("The client reads nothing.");
            read = outcome == Outcome.Done ? (int)count : 0;
            _isDrained = outcome == Outcome.WantsRead;
            return outcome;
        }
    }

    private Outcome TryWrite(ReadOnlySpan<byte> bytes, out int written)
    {
        lock (_gate)
        {
            using var hold = new Hold(this);
            OpenSsl.ClearErrors();
            var outcome = Judge(OpenSsl.Write(_session, bytes, (nuint)bytes.Length, out var count));
            if (outcome is Outcome.WantsRead or Outcome.Ended) throw new IOException("The TLS of the connection has ended.");
            written = outcome == Outcome.Done ? (int)count : 0;
            return outcome;
        }
    }

    /// <summary>On the thread of the call, since OpenSSL keeps its errors for each thread.</summary>
    private Outcome Judge(int result) => result == OpenSsl.Ok ? Outcome.Done : OpenSsl.GetError(_session, result) switch
    {
        OpenSsl.WantRead => Outcome.WantsRead,
        OpenSsl.WantWrite => Outcome.WantsWrite,
        OpenSsl.ZeroReturn => Outcome.Ended,
        _ => throw new IOException($"The TLS of the connection broke: {OpenSsl.Reason()}"),
    };

    /// <summary>
    /// Keeps the session and the descriptor of the socket for the time of a call: another thread may dispose of them, and the next
    /// connection would have the same descriptor.
    /// </summary>
    private readonly ref struct Hold
    {
        private readonly SafeSocketHandle _handle;

        public Hold(TlsSocket tls)
        {
            ObjectDisposedException.ThrowIf(tls._session.IsClosed, tls);
            _handle = tls._descriptor;
            var isHeld = false;
            _handle.DangerousAddRef(ref isHeld);
        }

        public int Descriptor => (int)_handle.DangerousGetHandle();

        public void Dispose() => _handle.DangerousRelease();
    }
}
