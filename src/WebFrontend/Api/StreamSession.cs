using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// One viewer's stay: its seat among the viewers, its use of the channel, and its feeding from the first event to the last. Dispose of it to
/// give all that back.
/// </summary>
internal sealed class StreamSession(
    ViewerRegistry viewers,
    IdleCache<LiveVideoId, VideoHub>.Lease channel,
    RetryHints advice,
    StreamMetrics metrics,
    IDisposable? place) : IDisposable
{
    /// <summary>What a viewer is told whom this node sends away.</summary>
    private SsePayload ClosingEvent => viewers.Stopping ? advice.WhenStopping : advice.WhenMoved;

    public void Dispose()
    {
        channel.Dispose();
        place?.Dispose();
        viewers.Release();
    }

    /// <summary>
    /// Begins the response and feeds the viewer, who has had all up to <paramref name="after"/> or else wants the last
    /// <paramref name="backlog"/>. Completes at its end, or as soon as the connection needs no server any more: then the session goes on, and
    /// disposes of itself.
    /// </summary>
    public async Task RunAsync(HttpContext context, CommentId? after, int backlog)
    {
        if (IsPlain(context) && context.Features.Get<IDetachFeature>() is { } detachable)
            await RunDetachedAsync(context, detachable, after, backlog);
        else
            await RunInRequestAsync(context, after, backlog);
    }

    /// <summary>Whether nothing stands between this response and its socket: HTTP/1.1 in the clear, and the server's own body.</summary>
    private static bool IsPlain(HttpContext context) =>
        context.Request.Protocol == HttpProtocol.Http11
        && context.Features.Get<ITlsHandshakeFeature>() is null
        && ReferenceEquals(context.Features.Get<IHttpResponseBodyFeature>(), context.Features.Get<IHttpResponseFeature>());

    private async Task RunInRequestAsync(HttpContext context, CommentId? after, int backlog)
    {
        using (this)
        {
            var viewer = new Viewer(new PipeConnection(context), metrics) { Backlog = backlog };
            await BeginAsync(context.Response, viewer, after);
            using var gone = context.RequestAborted.UnsafeRegister(static viewer => ((Viewer)viewer!).End(), viewer);
            using (viewers.Add(viewer))
            using (channel.Value.Join(viewer)) await viewer.Ended;
            if (!context.RequestAborted.IsCancellationRequested) await context.Response.BodyWriter.WriteAsync(ClosingEvent.Bytes);
        }
    }

    private async Task RunDetachedAsync(HttpContext context, IDetachFeature detachable, CommentId? after, int backlog)
    {
        Viewer viewer;
        SocketConnection connection;
        try
        {
            connection = new(detachable.Socket);
            viewer = new(connection, metrics) { Backlog = backlog };
            await BeginAsync(context.Response, viewer, after);
            detachable.Detach(gone: viewer.End);
        }
        catch
        {
            Dispose();
            throw;
        }

        // What flows with a request (scopes of logging and the like) must not stay for as long as the stream.
        using (ExecutionContext.SuppressFlow()) _ = GoOnAsync(viewer, connection);
        // The server lets go of everything; the socket is not its any more.
        context.Abort();
    }

    private async Task GoOnAsync(Viewer viewer, SocketConnection connection)
    {
        using (this)
        {
            using (viewers.Add(viewer))
            using (channel.Value.Join(viewer)) await viewer.Ended;
            await connection.CloseAsync(ClosingEvent);
        }
    }

    private async Task BeginAsync(HttpResponse response, Viewer viewer, CommentId? after)
    {
        // Its place is taken before it hears that the stream has begun: it gets all that is posted from then on.
        channel.Value.Place(viewer, after);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.BodyWriter.WriteAsync(advice.WhenRunning.Bytes);
    }
}
