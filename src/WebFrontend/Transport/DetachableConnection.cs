using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LiveComments.WebFrontend.Transport;

/// <summary>One TCP connection: two pipes between the server and the socket, until somebody detaches it.</summary>
internal sealed class DetachableConnection : DefaultConnectionContext, IMemoryPoolFeature, IConnectionSocketFeature, IDetachFeature
{
    private const int MaxInput = 64 * 1024;

    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _receiving = new();
    private readonly Pipe _input;
    private readonly Pipe _output;
    private readonly Task _transfers;
    private volatile bool _detached;

    public DetachableConnection(Socket socket, MemoryPool<byte> pool)
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
        _transfers = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public Socket Socket { get; }

    public MemoryPool<byte> MemoryPool { get; }

    public void Detach()
    {
        _detached = true;
        _receiving.Cancel();
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _ = _closed.CancelAsync();
        // At once and with a reset, as the server asks for where a client breaks the rules.
        if (!_detached) Socket.Close(timeout: 0);
    }

    public override async ValueTask DisposeAsync()
    {
        await _input.Reader.CompleteAsync();
        await _output.Writer.CompleteAsync();
        await _transfers;
        if (!_detached) Socket.Dispose();
        await base.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                // While a connection is idle it holds no buffer.
                await Socket.ReceiveAsync(Memory<byte>.Empty, _receiving.Token);
                var received = await Socket.ReceiveAsync(_input.Writer.GetMemory(), _receiving.Token);
                if (received == 0) break;
                _input.Writer.Advance(received);
                if ((await _input.Writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (SocketException exception)
        {
            failure = new ConnectionResetException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            failure = new ConnectionAbortedException();
        }

        await _input.Writer.CompleteAsync(failure);
        // The request, if one is under way, learns that nobody waits for it any more.
        await _closed.CancelAsync();
    }

    private async Task SendAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var read = await _output.Reader.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    for (var rest = segment; !rest.IsEmpty;) rest = rest[await Socket.SendAsync(rest)..];
                }

                _output.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }

            if (!_detached) Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            failure = new ConnectionResetException(exception.Message, exception);
        }

        await _output.Reader.CompleteAsync(failure);
        await _receiving.CancelAsync();
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
