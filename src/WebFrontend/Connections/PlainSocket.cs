using System.Net.Sockets;

namespace LiveComments.WebFrontend.Connections;

/// <summary>The bytes of a TCP connection as they are.</summary>
/// <param name="socket">A socket that does not block.</param>
internal sealed class PlainSocket(Socket socket) : IConnectionSocket
{
    public async ValueTask WaitAsync() => await socket.ReceiveAsync(Memory<byte>.Empty);

    public bool IsQuiet()
    {
        Span<byte> one = stackalloc byte[1];
        socket.Receive(one, SocketFlags.Peek, out var error);
        return error == SocketError.WouldBlock;
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer);

    public ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        // At once, without the state that the socket keeps for asynchronous sends.
        var sent = socket.Send(bytes.Span, SocketFlags.None, out var error);
        if (error is not SocketError.Success and not SocketError.WouldBlock) throw new SocketException((int)error);
        return sent == bytes.Length ? default : SendRestAsync(socket, bytes[sent..], cancellationToken);
    }

    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();

    /// <summary>Sends what there was no room for.</summary>
    public static async ValueTask SendRestAsync(Socket socket, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        while (!rest.IsEmpty) rest = rest[await socket.SendAsync(rest, cancellationToken)..];
    }
}
