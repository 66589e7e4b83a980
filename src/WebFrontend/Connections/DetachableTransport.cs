using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// TCP for Kestrel, like its own transport but for one thing: an endpoint may take the socket of its connection away from the server
/// (<see cref="IDetachFeature"/>). The server then forgets the connection, and with it the 12 KB that it keeps for a request that does not
/// end.
/// </summary>
internal sealed class DetachableTransport(IMemoryPoolFactory<byte> pools, ConnectionLimit connections, TransportBounds bounds)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // As many as the kernel allows (net.core.somaxconn): after a restart all viewers come at once.
    private const int Backlog = 65_535;

    private const int Tcp = 6;
    private const int UserTimeout = 18;
    private const int NotSentLowWater = 25;

    // Some seconds of a busy video. For a viewer that reads nothing the kernel would take megabytes, each write dearer than the last.
    private const int MaxNotSent = 64 * 1024;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    /// <summary>TCP only; other end points are left to the server's own transports.</summary>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            if (OperatingSystem.IsLinux()) BoundTheKernel(socket);
            socket.Bind(endpoint);
            socket.Listen(Backlog);
            return new(new Listener(socket, pools.Create(), connections));
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            if (exception.SocketErrorCode != SocketError.AddressAlreadyInUse) throw;
            throw new AddressInUseException(exception.Message, exception);
        }
    }

    /// <summary>
    /// Lets the kernel end connections whose peer acknowledges nothing (TCP_USER_TIMEOUT, tcp(7)): it would try for a quarter of an hour. A
    /// peer that lives but takes nothing counts as well. And lets a socket have no room once so much waits in it that is not even sent
    /// (TCP_NOTSENT_LOWAT, tcp(7)).
    /// </summary>
    private void BoundTheKernel(Socket socket)
    {
        // Connections have it from the socket that takes them.
        socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes((int)bounds.GiveUpAfter.TotalMilliseconds));
        socket.SetRawSocketOption(Tcp, NotSentLowWater, BitConverter.GetBytes(MaxNotSent));
    }

    private sealed class Listener(Socket socket, MemoryPool<byte> pool, ConnectionLimit connections) : IConnectionListener
    {
        public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    var accepted = await socket.AcceptAsync(cancellationToken);
                    if (!connections.TryEnter())
                    {
                        accepted.Dispose();
                        continue;
                    }

                    accepted.NoDelay = true;
                    return new DetachableConnection(accepted, pool, connections);
                }
                catch (Exception exception) when (exception is ObjectDisposedException
                    or SocketException { SocketErrorCode: SocketError.OperationAborted })
                {
                    // Unbound: the server takes no more.
                    return null;
                }
                catch (SocketException exception)
                {
                    // This one was gone before it was accepted; the next one may not be. Where the process may open no more files, or the
                    // kernel has no memory, it waits, and does not ask again and again.
                    if (exception.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted))
                        await Task.Delay(PauseAfterFailure, cancellationToken);
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
