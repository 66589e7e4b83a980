using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// TCP for Kestrel, like its own transport but for one thing: an endpoint may take the socket of its connection away from the server
/// (<see cref="IDetachFeature"/>). The server then forgets the connection, and with it the 12 KB that it keeps for a request that does not end.
/// </summary>
internal sealed class DetachableTransport(IMemoryPoolFactory<byte> pools) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // As many as the kernel allows (net.core.somaxconn): after a restart all viewers come at once.
    private const int Backlog = 65_535;

    private static readonly TimeSpan NoMoreFilesPause = TimeSpan.FromMilliseconds(100);

    /// <summary>TCP only; other end points are left to the server's own transports.</summary>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(endpoint);
            socket.Listen(Backlog);
            return new(new Listener(socket, pools.Create()));
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            if (exception.SocketErrorCode != SocketError.AddressAlreadyInUse) throw;
            throw new AddressInUseException(exception.Message, exception);
        }
    }

    private sealed class Listener(Socket socket, MemoryPool<byte> pool) : IConnectionListener
    {
        public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    var accepted = await socket.AcceptAsync(cancellationToken);
                    accepted.NoDelay = true;
                    return new DetachableConnection(accepted, pool);
                }
                catch (Exception exception) when (exception is ObjectDisposedException
                    or SocketException { SocketErrorCode: SocketError.OperationAborted })
                {
                    // Unbound: the server takes no more.
                    return null;
                }
                catch (SocketException exception)
                {
                    // This one was gone before it was accepted; the next one may not be. Where the process may open no more files it
                    // waits for some to be closed, and does not ask again and again.
                    if (exception.SocketErrorCode == SocketError.TooManyOpenSockets)
                        await Task.Delay(NoMoreFilesPause, cancellationToken);
                }
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            socket.Dispose();
            return default;
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            pool.Dispose();
            return default;
        }
    }
}
