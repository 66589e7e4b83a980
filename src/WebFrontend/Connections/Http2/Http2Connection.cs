using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>Writes to the request's stream of HTTP/2 past the server.</summary>
internal sealed class Http2Connection(HttpContext context, IHttp2Stream stream) : IViewerConnection
{
    public ValueTask WriteAsync(SsePayload bytes) => stream.WriteAsync(bytes.Bytes);

    public void Abort()
    {
        stream.Abort();
        context.Abort();
    }
}
