using System.Net.Sockets;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections;

/// <summary>Writes straight to the socket, and without waiting: about half the cost of the ordinary way.</summary>
internal sealed class SocketConnection(Socket socket) : IDetachedConnection
{
    /// <summary>The end of a chunked body.</summary>
    public static ReadOnlyMemory<byte> LastChunk { get; } = "0\r\n\r\n"u8.ToArray();

    public ValueTask WriteAsync(SsePayload bytes) => socket.SendAllAsync(bytes.ChunkedBytes);

    public void Abort() => socket.Dispose();

    public async Task CloseAsync(SsePayload last)
    {
        try
        {
            await WriteAsync(last);
            await socket.SendAllAsync(LastChunk);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was gone already.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
