using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace LiveComments.WebFrontend.Streaming;

/// <summary>
/// Writes past the server, straight to the socket of an HTTP/1.1 connection, without waiting: about half the cost of the ordinary way.
/// </summary>
/// <remarks>
/// The server owns the connection and has begun the response. From then until the endpoint returns it writes nothing of its own, and each
/// of our writes is a whole chunk, completed before the endpoint returns: so the server's last chunk follows cleanly. That its first bytes
/// are in the socket before ours is what <see cref="Configure"/> is for.
/// </remarks>
internal sealed class SocketConnection : IViewerConnection
{
    private readonly Socket _socket;

    private SocketConnection(Socket socket)
    {
        // A send that finds no room comes back at once. What the server itself sends is asynchronous and does not depend on this.
        socket.Blocking = false;
        _socket = socket;
    }

    /// <summary>
    /// Makes a flush of the server complete only when all is in the socket: a buffer of one byte is always full until it is empty.
    /// </summary>
    public static void Configure(SocketTransportOptions transport) => transport.MaxWriteBufferSize = 1;

    /// <summary>The way past the server, where there is one: HTTP/1.1 in the clear, with nothing between the endpoint and the server.</summary>
    public static SocketConnection? TryCreate(HttpContext context)
    {
        var features = context.Features;
        var isPlain = context.Request.Protocol == HttpProtocol.Http11
            && features.Get<ITlsHandshakeFeature>() is null
            && ReferenceEquals(features.Get<IHttpResponseBodyFeature>(), features.Get<IHttpResponseFeature>());
        return isPlain && features.Get<IConnectionSocketFeature>()?.Socket is { } socket ? new(socket) : null;
    }

    public ValueTask<bool> WriteAsync(StreamBytes bytes)
    {
        var sent = _socket.Send(bytes.Chunk.Span, SocketFlags.None, out var error);
        if (error == SocketError.Success && sent == bytes.Chunk.Length) return new(true);
        return error is SocketError.Success or SocketError.WouldBlock ? FinishAsync(bytes.Chunk[sent..]) : new(false);
    }

    private async ValueTask<bool> FinishAsync(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty) rest = rest[await _socket.SendAsync(rest)..];
        return true;
    }
}
