using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LiveComments.WebFrontend.Connections;

/// <summary>One TCP connection: two pipes between the server and the socket, until somebody detaches it.</summary>
internal sealed class DetachableConnection : DefaultConnectionContext, IMemoryPoolFeature, IConnectionSocketFeature, IDetachFeature
{
    private const int MaxInput = 64 * 1024;

    private readonly CancellationTokenSource _closed = new();
    private readonly SocketReceiver _receiver;
    private readonly Pipe _input;
    private readonly Pipe _output;
    private readonly Task _receives;
    private readonly Task _sends;
    private volatile bool _detached;
    private volatile bool _outlivesRequest;

    public DetachableConnection(Socket socket, MemoryPool<byte> pool, ConnectionLimit connections)
        : base($"{Guid.NewGuid():N}")
    {
        (Socket, MemoryPool) = (socket, pool);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        _input = new(new(pool, PipeScheduler.Inline, PipeScheduler.Inline, MaxInput, MaxInput / 2, useSynchronizationContext: false));
        // A buffer of one byte is full until it is empty: a flush of the server completes when all is in the socket.
        _output = new(new(pool, PipeScheduler.Inline, PipeScheduler.Inline, 1, 1, useSynchronizationContext: false));
        ConnectionClosed = _closed.Token;
        Transport = new Duplex(_input.Reader, _output.Writer);
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IDetachFeature>(this);
        // Sends that find no room come back at once; receives are asynchronous and do not depend on this.
        socket.Blocking = false;
        _receiver = new(socket);
        _receives = _receiver.RunAsync(_input.Writer, _closed);
        // They end with the socket, also where it was detached.
        _ = _receives.ContinueWith(
            static (_, connections) => ((ConnectionLimit)connections!).Leave(), connections, TaskContinuationOptions.ExecuteSynchronously);
        _sends = SendAsync();
    }

    public Socket Socket { get; }

    public MemoryPool<byte> MemoryPool { get; }

    /// <inheritdoc/>
    public bool IsPlain => true;

    /// <inheritdoc/>
    public IDetachedConnection Connection => new SocketConnection(Socket);

    /// <summary>Whether an abort means the request alone, and leaves the connection as it is.</summary>
    public bool OutlivesRequest
    {
        get => _outlivesRequest;
        set => _outlivesRequest = value;
    }

    /// <inheritdoc/>
    public void Detach(Action gone)
    {
        _detached = true;
        _receiver.Detach(gone);
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (_outlivesRequest) return;
        _ = _closed.CancelAsync();
        // At once and with a reset: the server asks for this if a client breaks the protocol.
        if (!_detached) Socket.Close(timeout: 0);
    }

    public override async ValueTask DisposeAsync()
    {
        await _input.Reader.CompleteAsync();
        await _output.Writer.CompleteAsync();
        await _sends;
        if (!_detached)
        {
            await _receives;
            Socket.Dispose();
        }

        await base.DisposeAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _output.Reader.ReadAsync();
                foreach (var segment in read.Buffer) await Socket.SendAllAsync(segment);
                _output.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }

            if (!_detached) Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer has gone or the server has aborted: either knows by the token that the connection is closed. Given to the server as
            // a failure it would be logged, a line for each such client.
        }

        await _output.Reader.CompleteAsync();
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
