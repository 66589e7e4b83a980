using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// Stands between the server's TLS and its HTTP: when an endpoint detaches a connection, the server's HTTP forgets it, and the TLS goes on
/// until it is closed.
/// </summary>
internal sealed class DetachableTls : IDetachFeature
{
    private readonly DetachableConnection _transport;
    private readonly SslStream _tls;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _gone;

    private DetachableTls(DetachableConnection transport, SslStream tls) => (_transport, _tls) = (transport, tls);

    /// <inheritdoc/>
    public bool IsPlain => false;

    /// <inheritdoc/>
    public IDetachedConnection Connection => new TlsConnection(_tls, _transport.Socket, () => _closed.TrySetResult());

    /// <inheritdoc/>
    public void Detach(Action gone)
    {
        _gone = gone;
        _transport.OutlivesRequest = true;
    }

    /// <summary>Serves a connection whose TLS is established.</summary>
    public static async Task RunAsync(ConnectionContext connection, ConnectionDelegate server)
    {
        if (connection.Features.Get<IDetachFeature>() is not DetachableConnection transport
            || connection.Features.Get<ISslStreamFeature>() is not { SslStream: var tls })
        {
            await server(connection);
            return;
        }

        var detachable = new DetachableTls(transport, tls);
        connection.Features.Set<IDetachFeature>(detachable);
        await server(connection);
        // From now on whoever aborts it means the connection: the server, when it stops.
        transport.OutlivesRequest = false;
        if (detachable._gone is not null) await detachable.GoOnAsync();
    }

    /// <summary>The server knows nothing of the connection any more, and reads nothing from it.</summary>
    private async Task GoOnAsync()
    {
        var reading = ReadAsync();
        await _closed.Task;
        // What waits for the peer ends with the socket.
        _transport.Socket.Dispose();
        await reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            // Without a buffer, until something comes: the end, or what nobody waits for.
            var none = await _tls.ReadAsync(Memory<byte>.Empty);
            Debug.Assert(none == 0, "There is no room.");
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // It is gone.
        }

        _gone!();
    }
}
