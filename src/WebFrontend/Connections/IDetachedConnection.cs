using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// An HTTP/1.1 connection that was taken away from the server. The response has begun with <c>Transfer-Encoding: chunked</c>, so each write
/// is a whole chunk (RFC 9112, 7.1).
/// </summary>
internal interface IDetachedConnection : IViewerConnection
{
    /// <summary>Ends the response, after <paramref name="last"/>, and closes the connection. It does not throw.</summary>
    Task CloseAsync(SsePayload last);
}
