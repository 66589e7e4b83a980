using System.Net.Sockets;

namespace LiveComments.WebFrontend.Connections;

internal static class SocketExtensions
{
    /// <summary>
    /// Sends all of <paramref name="bytes"/> over a socket that does not block. Almost always there is room, and this completes at once
    /// without the state that the socket keeps for asynchronous sends.
    /// </summary>
    /// <exception cref="SocketException">The connection is gone; also thrown at once.</exception>
    public static ValueTask SendAllAsync(this Socket socket, ReadOnlyMemory<byte> bytes)
    {
        var sent = socket.Send(bytes.Span, SocketFlags.None, out var error);
        if (error is not SocketError.Success and not SocketError.WouldBlock) throw new SocketException((int)error);
        return sent == bytes.Length ? default : SendRestAsync(socket, bytes[sent..]);
    }

    private static async ValueTask SendRestAsync(Socket socket, ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty) rest = rest[await socket.SendAsync(rest)..];
    }
}
