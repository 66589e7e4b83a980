using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// One TCP connection, with a pipe from the socket to the server, until somebody detaches it. It begins to read when the server asks for
/// its <see cref="Transport"/>; before that TLS may be laid upon its socket.
/// </summary>
internal sealed class DetachableConnection : DefaultConnectionContext, IMemoryPoolFeature, IConnectionSocketFeature, IDetachFeature
{
    private const int MaxInput = 64 * 1024;

    private readonly CancellationTokenSource _closed = new();
    private readonly ConnectionLimit _connections;
    private readonly Pipe _input;
    private IConnectionSocket _bytes;
    private SocketReceiver? _receiver;
    private SocketOutput? _output;
    private Task? _receives;
    private Duplex? _own;
    private IDuplexPipe? _transport;
    private volatile bool _detached;

    public DetachableConnection(Socket socket, MemoryPool<byte> pool, ConnectionLimit connections)
        : base($"{Guid.NewGuid():N}")
    {
        (Socket, MemoryPool, _connections) = (socket, pool, connections);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        // Sends that find no room come back at once; receives are asynchronous and do not depend on this.
        socket.Blocking = false;
        _bytes = new PlainSocket(socket);
        _input = new(new(pool, PipeScheduler.Inline, PipeScheduler.Inline, MaxInput, MaxInput / 2, useSynchronizationContext: false));
        ConnectionClosed = _closed.Token;
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IDetachFeature>(this);
    }

    public Socket Socket { get; }

    public MemoryPool<byte> MemoryPool { get; }

    public override IDuplexPipe Transport
    {
        get => _transport ??= Begin();
        set => _transport = value;
    }

    /// <inheritdoc/>
    public bool CanDetach => ReferenceEquals(Transport, _own);

    /// <inheritdoc/>
    public IDetachedConnection Connection => new SocketConnection(_bytes);

    /// <summary>Lays TLS upon the socket, before the server has asked for the <see cref="Transport"/>.</summary>
    public void Secure(IConnectionSocket tls) => _bytes = tls;

    /// <inheritdoc/>
    public void Detach(Action gone)
    {
        _detached = true;
        _receiver!.Detach(gone);
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _ = _closed.CancelAsync();
        // At once and with a reset: the server asks for this if a client breaks the protocol.
        if (!_detached) Socket.Close(timeout: 0);
    }

    public override async ValueTask DisposeAsync()
    {
        await _input.Reader.CompleteAsync();
        if (_own is null) _connections.Leave();
        else await _own.Output.CompleteAsync();
        if (!_detached)
        {
            End();
            if (_receives is not null) await _receives;
            _bytes.Dispose();
        }

        await base.DisposeAsync();
    }

    private Duplex Begin()
    {
        _output = new(_bytes);
        var transport = new Duplex(_input.Reader, PipeWriter.Create(_output, new(MemoryPool, leaveOpen: true)));
        _own = transport;
        _receiver = new(_bytes);
        _receives = _receiver.RunAsync(_input.Writer, _closed);
        // They end with the socket, also where it was detached.
        _ = _receives.ContinueWith(
            static (_, connections) => ((ConnectionLimit)connections!).Leave(), _connections, TaskContinuationOptions.ExecuteSynchronously);
        return transport;
    }

    private void End()
    {
        try
        {
            if (_output is not { IsBroken: false })
            {
                _bytes.Dispose();
                return;
            }

            _bytes.EndSending();
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (SocketErrors.MeansGone(exception))
        {
            // It has gone, or was aborted.
            _bytes.Dispose();
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
