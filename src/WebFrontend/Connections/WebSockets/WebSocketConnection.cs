using System.Buffers;
using System.Net.WebSockets;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections.WebSockets;

/// <summary>
/// The way to one viewer over a WebSocket. ASP.NET Core reads the client's frames and answers its pings; what viewers are sent goes
/// past it.
/// </summary>
/// <param name="context">The request that was upgraded.</param>
/// <param name="socket">The WebSocket.</param>
/// <param name="stream">The stream beneath it.</param>
/// <param name="time">The clock.</param>
internal sealed class WebSocketConnection(HttpContext context, WebSocket socket, FrameStream stream, TimeProvider time) : IViewerConnection
{
    /// <summary>The size of the largest message that a client may send, in bytes.</summary>
    public const int MaxMessage = NewComment.MaxBytes;

    // A client answers a close at once, unless it is gone.
    private static readonly TimeSpan TimeToAnswerClose = TimeSpan.FromSeconds(2);

    private SocketClose? _complaint;

    public ValueTask WriteAsync(SsePayload bytes) => stream.WriteAsync(bytes.Frames, CancellationToken.None);

    /// <summary>Sends one text, if the socket is still open.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> utf8) =>
        socket.State == WebSocketState.Open ? stream.WriteAsync(WebSocketFrames.Text(utf8.Span), CancellationToken.None) : default;

    public void Abort() => context.Abort();

    /// <summary>
    /// Gives the client's messages one after the other to <paramref name="take"/>, whose result is what is wrong with one, until the client
    /// closes, is gone, or sends what may not be sent. It throws nothing that the client causes.
    /// </summary>
    public async Task ReceiveAsync(Func<ReadOnlyMemory<byte>, Task<SocketClose?>> take)
    {
        try
        {
            do
                _complaint = await ReceiveOneAsync(take);
            while (_complaint is null && socket.State is WebSocketState.Open or WebSocketState.CloseSent);
        }
        catch (Exception exception) when (IsOfTheClient(exception))
        {
            // It is gone, or its frames are none: then it was told so with a close of its own (RFC 6455, 7.4.1).
        }
    }

    /// <summary>
    /// Sends <paramref name="last"/> and closes with <paramref name="close"/>, or with what stands against the client; waits a moment
    /// for the client's own close. It throws nothing that the client causes.
    /// </summary>
    /// <param name="last">The last events; a client that closes is not sent them.</param>
    /// <param name="close">Why it is closed.</param>
    /// <param name="receiving">The task of <see cref="ReceiveAsync"/>.</param>
    public async Task CloseAsync(SsePayload last, SocketClose close, Task receiving)
    {
        try
        {
            if (socket.State == WebSocketState.Open && _complaint is null) await WriteAsync(last);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                var (status, reason) = _complaint ?? close;
                if (socket.State == WebSocketState.CloseReceived) (status, reason) = SocketClose.Answer;
                await socket.CloseOutputAsync((WebSocketCloseStatus)status, reason, CancellationToken.None);
            }

            // A connection that is closed with something unread is reset, and the client may not get to read why.
            using var patience = new CancellationTokenSource(TimeToAnswerClose, time);
            await receiving.WaitAsync(patience.Token);
            var rest = new byte[1024];
            while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(rest.AsMemory(), patience.Token);
        }
        catch (Exception exception) when (IsOfTheClient(exception))
        {
            // It was gone already, or does not answer.
            context.Abort();
        }

        // What it has posted is still under way with the services of the request.
        await receiving;
    }

    private static bool IsOfTheClient(Exception exception) =>
        SocketErrors.MeansGone(exception) || exception is WebSocketException or OperationCanceledException or BadHttpRequestException;

    private async Task<SocketClose?> ReceiveOneAsync(Func<ReadOnlyMemory<byte>, Task<SocketClose?>> take)
    {
        // Most viewers send nothing: no buffer waits with them.
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (first.MessageType == WebSocketMessageType.Close) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(MaxMessage + 1);
        try
        {
            var (length, received) = (0, first);
            while (!received.EndOfMessage)
            {
                if (length > MaxMessage) return SocketClose.TooBig;
                received = await socket.ReceiveAsync(buffer.AsMemory(length, MaxMessage + 1 - length), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                length += received.Count;
            }

            if (length > MaxMessage) return SocketClose.TooBig;
            if (received.MessageType == WebSocketMessageType.Binary) return SocketClose.NotText;
            return socket.State == WebSocketState.Open ? await take(buffer.AsMemory(0, length)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
