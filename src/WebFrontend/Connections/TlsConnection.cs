using System.Net.Security;
using System.Net.Sockets;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections;

/// <summary>Writes straight to the TLS of a connection: each write is one TLS record, of bytes that all viewers share.</summary>
/// <param name="tls">The TLS, through which nobody else writes.</param>
/// <param name="socket">What is under it.</param>
/// <param name="closed">Called once, when the connection is not needed any more.</param>
internal sealed class TlsConnection(SslStream tls, Socket socket, Action closed) : IDetachedConnection
{
    public ValueTask WriteAsync(SsePayload bytes) => tls.WriteAsync(bytes.ChunkedBytes);

    public void Abort() => socket.Dispose();

    public async Task CloseAsync(SsePayload last)
    {
        try
        {
            await WriteAsync(last);
            await tls.WriteAsync(SocketConnection.LastChunk);
            // So that the peer knows that nothing was cut off (RFC 8446, 6.1).
            await tls.ShutdownAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was gone already.
        }
        finally
        {
            closed();
        }
    }
}
