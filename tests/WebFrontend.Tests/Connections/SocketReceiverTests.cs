using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using LiveComments.WebFrontend.Connections;

namespace LiveComments.WebFrontend.Tests.Connections;

public sealed class SocketReceiverTests : IAsyncLifetime
{
    private readonly Pipe _input = new(new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly CancellationTokenSource _closed = new();
    private Socket _peer = null!;
    private Socket _socket = null!;

    public async Task InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _peer = new(SocketType.Stream, ProtocolType.Tcp);
        await _peer.ConnectAsync(listener.LocalEndpoint);
        _socket = await listener.AcceptSocketAsync();
        _socket.Blocking = false;
    }

    public Task DisposeAsync()
    {
        _peer.Dispose();
        _socket.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Detached_while_it_hands_over_it_goes_on_waiting_for_the_peer()
    {
        var receiver = new SocketReceiver(new PlainSocket(_socket));
        var peerLeft = false;
        var goneAfterPeer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var served = ServeAsync();
        var run = Task.Run(() => receiver.RunAsync(_input.Writer, _closed));

        await _peer.SendAsync(new byte[] { 1 });
        await served.InTime();
        Volatile.Write(ref peerLeft, true);
        _peer.Dispose();

        Assert.True(await goneAfterPeer.Task.InTime());
        await run.InTime();
        Assert.False(_closed.IsCancellationRequested);

        // Runs inside of the receiver's flush, as an endpoint does that never has to wait.
        async Task ServeAsync()
        {
            await _input.Reader.ReadAsync().ConfigureAwait(false);
            receiver.Detach(() => goneAfterPeer.TrySetResult(Volatile.Read(ref peerLeft)));
            await _input.Reader.CompleteAsync();
        }
    }

    [Fact]
    public async Task A_peer_that_ends_completes_the_input_and_is_told()
    {
        var run = new SocketReceiver(new PlainSocket(_socket)).RunAsync(_input.Writer, _closed);
        await _peer.SendAsync(new byte[] { 1, 2 });
        _peer.Shutdown(SocketShutdown.Send);
        await run.InTime();

        var read = await _input.Reader.ReadAsync();
        Assert.Equal(2, read.Buffer.Length);
        Assert.True(read.IsCompleted);
        Assert.True(_closed.IsCancellationRequested);
    }

    [Fact]
    public async Task A_detach_after_the_end_is_told_at_once()
    {
        var receiver = new SocketReceiver(new PlainSocket(_socket));
        var run = receiver.RunAsync(_input.Writer, _closed);
        _peer.Dispose();
        await run.InTime();

        var gone = false;
        receiver.Detach(() => gone = true);
        Assert.True(gone);
    }
}
