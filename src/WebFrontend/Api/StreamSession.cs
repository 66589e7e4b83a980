using System.Threading.RateLimiting;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Connections.Http2;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// One viewer's stream, from the first event to the last: its place among the viewers, its slot of its address, its use of the hub, and,
/// of a private video, the end of its token. Dispose of it to give them back.
/// </summary>
internal sealed class StreamSession(
    ViewerRegistry viewers,
    IdleCache<LiveVideoId, VideoHub>.Lease hub,
    RetryHints retryHints,
    StreamMetrics metrics,
    RateLimitLease slot,
    TokenExpiry? expiry,
    bool isRelay,
    Guid? edge) : IDisposable
{
    public void Dispose()
    {
        expiry?.Dispose();
        hub.Dispose();
        slot.Dispose();
        viewers.Release();
    }

    /// <summary>
    /// Begins the response and feeds the viewer, who has had all up to <paramref name="after"/> or else wants the last
    /// <paramref name="backlog"/>. Completes at its end, or as soon as the connection needs no server any more: then the session goes on,
    /// and disposes of itself.
    /// </summary>
    public async Task RunAsync(HttpContext context, CommentId? after, int backlog)
    {
        if (context.Request.Protocol == HttpProtocol.Http11 && HasOwnBody(context) && context.Features.Get<IDetachFeature>() is { CanDetach: true } detachable)
            await RunDetachedAsync(context, detachable, after, backlog);
        else
            await RunInRequestAsync(context, after, backlog);
    }

    /// <summary>Whether nothing stands between this response and its connection: the body is the server's own.</summary>
    private static bool HasOwnBody(HttpContext context) =>
        ReferenceEquals(context.Features.Get<IHttpResponseBodyFeature>(), context.Features.Get<IHttpResponseFeature>());

    private static IHttp2Stream? TryTakeOver(HttpContext context) =>
        HasOwnBody(context) && context.Features.Get<IHttp2StreamIdFeature>() is { StreamId: var stream }
            ? context.Features.Get<IHttp2Streams>()?.TryTakeOver(stream)
            : null;

    private async Task RunInRequestAsync(HttpContext context, CommentId? after, int backlog)
    {
        using (this)
        using (var stream = TryTakeOver(context))
        {
            IViewerConnection connection = stream is null ? new PipeConnection(context) : new Http2Connection(context, stream);
            var viewer = await BeginAsync(context, connection, after, backlog);
            using var gone = context.RequestAborted.UnsafeRegister(static viewer => ((Viewer)viewer!).End(), viewer);
            using var registration = viewers.Add(viewer);
            using (hub.Value.Add(viewer)) await viewer.Ended;
            if (context.RequestAborted.IsCancellationRequested) return;
            try
            {
                await connection.WriteAsync(ClosingEvent(viewer));
            }
            catch (Exception exception) when (SocketErrors.MeansGone(exception))
            {
                // It was gone already.
            }
        }
    }

    private async Task RunDetachedAsync(HttpContext context, IDetachFeature detachable, CommentId? after, int backlog)
    {
        Viewer viewer;
        IDetachedConnection connection;
        try
        {
            connection = detachable.Connection;
            // The connection ends with the stream (RFC 9112, 9.6).
            context.Response.Headers.Connection = "close";
            viewer = await BeginAsync(context, connection, after, backlog);
            detachable.Detach(gone: viewer.End);
        }
        catch
        {
            Dispose();
            throw;
        }

        // The ExecutionContext of the request must not live as long as the stream.
        using (ExecutionContext.SuppressFlow()) _ = GoOnAsync(viewer, connection);
        // The server forgets the connection: it is ours now.
        context.Abort();
    }

    private async Task GoOnAsync(Viewer viewer, IDetachedConnection connection)
    {
        using (this)
        {
            // Up to the end, so that one whose reader takes nothing can be broken off.
            using var registration = viewers.Add(viewer);
            using (hub.Value.Add(viewer)) await viewer.Ended;
            await connection.CloseAsync(ClosingEvent(viewer));
        }
    }

    private async Task<Viewer> BeginAsync(HttpContext context, IViewerConnection connection, CommentId? after, int backlog)
    {
        // The cursor is made before the client learns that the stream has begun: it gets all that is posted from then on.
        var viewer = new Viewer(connection, hub.Value.Feed, hub.Value.Feed.Begin(after, backlog), metrics)
        {
            IsRelay = isRelay,
            Edge = edge,
        };
        var response = context.Response;
        // A slow viewer is not cut off: it gets a gap event for what it misses.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && !HttpProtocol.IsHttp2(context.Request.Protocol))
            rate.MinDataRate = null;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.BodyWriter.WriteAsync(retryHints.WhenRunning.Bytes);
        expiry?.Watch(viewer);
        return viewer;
    }

    /// <summary>
    /// What a viewer is told when this node ends its stream: when to come back, whether it needs a new token, whether what it was sent is
    /// too old, and whether the live video is over.
    /// </summary>
    private SsePayload ClosingEvent(Viewer viewer) =>
        viewer.EndedAsStale ? retryHints.WhenStale
        : viewer.EndedAsOver ? retryHints.WhenEnded
        : viewers.Stopping ? retryHints.WhenStopping
        : expiry is { IsOver: true } ? retryHints.WhenExpired
        : retryHints.WhenMoved;
}
