namespace LiveComments.WebFrontend.Api;

/// <summary>
/// The token of a WebSocket that a page opens: pages can set no header on it, but name subprotocols. It is never in an address, which logs
/// and histories keep.
/// </summary>
internal static class SocketToken
{
    /// <summary>The subprotocol that the server takes. A client that names any must name it: browsers want one of theirs back.</summary>
    public const string Protocol = "livecomments";

    private const string Prefix = "bearer.";

    /// <summary>Puts the token where all look for it, unless the request has one there.</summary>
    public static void MoveToHeader(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0) return;
        foreach (var name in context.WebSockets.WebSocketRequestedProtocols)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            context.Request.Headers.Authorization = $"Bearer {name[Prefix.Length..]}";
            return;
        }
    }

    /// <summary>The subprotocol to answer with; null if the client names none that is ours.</summary>
    public static string? Choose(HttpContext context) =>
        context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol) ? Protocol : null;
}
