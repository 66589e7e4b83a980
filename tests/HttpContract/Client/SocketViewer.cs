using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>A viewer of one live video over a WebSocket. It has joined once the first text is here, which is its <c>retry</c>.</summary>
public sealed class SocketViewer : IDisposable
{
    private readonly ClientWebSocket _socket;

    private SocketViewer(ClientWebSocket socket) => _socket = socket;

    /// <summary>The WebSocket itself.</summary>
    public ClientWebSocket Socket => _socket;

    /// <summary>Opens a WebSocket at <c>/comments/{video}</c>, and reads the first text.</summary>
    /// <param name="target">The site.</param>
    /// <param name="video">The live video.</param>
    /// <param name="query">Such as <c>?after=7</c>, or nothing.</param>
    /// <param name="configure">Sets what else the handshake has.</param>
    public static async Task<SocketViewer> JoinAsync(
        ContractTarget target, string video, string query = "", Action<ClientWebSocketOptions>? configure = null)
    {
        var viewer = new SocketViewer(await OpenAsync(target, video, query, configure));
        using var retry = await viewer.NextAsync();
        Assert.Equal("retry", retry.RootElement.GetProperty("type").GetString());
        Assert.InRange(retry.RootElement.GetProperty("data").GetInt32(), 1_000, 3_000);
        return viewer;
    }

    /// <summary>Opens a WebSocket.</summary>
    /// <exception cref="WebSocketException">The server refuses it.</exception>
    public static async Task<ClientWebSocket> OpenAsync(
        ContractTarget target, string video, string query = "", Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        // Of servers of the tests, which have made it themselves.
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => target.ReadAddress.IsLoopback;
        configure?.Invoke(socket.Options);
        var address = new UriBuilder(new Uri(target.ReadAddress, $"/comments/{video}{query}"));
        address.Scheme = address.Scheme == "https" ? "wss" : "ws";
        try
        {
            await socket.ConnectAsync(address.Uri, CancellationToken.None).InTime();
        }
        catch (WebSocketException refused)
        {
            refused.Data["status"] = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw;
        }

        return socket;
    }

    /// <summary>The status of the answer that refuses a WebSocket.</summary>
    public static async Task<int> RefusedAsync(
        ContractTarget target, string video, string query = "", Action<ClientWebSocketOptions>? configure = null)
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            using var socket = await OpenAsync(target, video, query, configure);
        });
        return (int)refused.Data["status"]!;
    }

    /// <summary>The next text.</summary>
    /// <exception cref="EndOfStreamException">The server has closed.</exception>
    public async Task<JsonDocument> NextAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, CancellationToken.None).InTime();
            if (part.MessageType == WebSocketMessageType.Close) throw new EndOfStreamException("The server has closed.");
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonDocument.Parse(text.ToArray());
        }
    }

    /// <summary>The next event or answer, which must be of this type.</summary>
    public async Task<(string? Id, string Data, JsonElement Text)> NextAsync(string type)
    {
        using var text = await NextAsync();
        var root = text.RootElement.Clone();
        Assert.Equal(type, root.GetProperty("type").GetString());
        return (root.TryGetProperty("id", out var id) ? id.GetString() : null, root.GetProperty("data").GetRawText(), root);
    }

    /// <summary>The next event, which must be a comment.</summary>
    public async Task<PostedComment> NextCommentAsync()
    {
        var (id, data, _) = await NextAsync("comment");
        var comment = PostedComment.Parse(data);
        Assert.Equal(comment.Id, id);
        return comment;
    }

    /// <summary>The next comments, as many as <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<PostedComment>> TakeAsync(int count)
    {
        var comments = new List<PostedComment>(count);
        while (comments.Count < count) comments.Add(await NextCommentAsync());
        return comments;
    }

    /// <summary>Sends a text.</summary>
    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).InTime();

    /// <summary>Reads up to the server's close, and gives its status.</summary>
    public async Task<int> ClosedAsync()
    {
        var buffer = new byte[4096];
        while ((await _socket.ReceiveAsync(buffer, CancellationToken.None).InTime()).MessageType != WebSocketMessageType.Close)
        {
        }

        return (int)_socket.CloseStatus!;
    }

    /// <summary>Leaves: closes the connection.</summary>
    public void Dispose() => _socket.Dispose();
}
