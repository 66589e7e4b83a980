using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Held;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoint at which viewers follow a live video, as Server-Sent Events (WHATWG HTML standard).</summary>
internal sealed class StreamApi(
    VideoHubs hubs,
    ViewerRegistry viewers,
    ReadRateLimit rateLimit,
    StreamsPerAddress streamsPerAddress,
    VideosOptions videos,
    VideoAccess access,
    RetryHints retryHints,
    StreamMetrics metrics,
    TimeProvider time,
    ILiveVideos? owners = null)
{
    private const int DefaultBacklog = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Its services are found now and not for each viewer: a request that lasts for hours would keep its scope for as long.
        var api = ActivatorUtilities.CreateInstance<StreamApi>(routes.ServiceProvider);
        routes.MapGet("/comments/{liveVideoId}/stream", api.StreamAsync)
            .WithSummary("Follow a live video's comments as Server-Sent Events")
            .WithDescription(
                "Resumes right after Last-Event-ID (or 'after'); else begins with the last 'backlog' comments. With 'relay=true', for those "
                + "who pass it on, it ends with 'event: stale' when comments may have been removed of which this node is not told; an edge "
                + "says in LiveComments-Edge which one it is. With 'view=staff' moderators see comments without their delay, with "
                + "'view=held' those that wait for them. When the video is over its streams end with 'event: ended', and there is none "
                + "(204) until it is opened again.")
            .Produces(200, contentType: "text/event-stream")
            .Produces(204)
            .ProducesProblems(400, 401, 403, 404, 429, 503);
    }

    private async Task<IResult> StreamAsync(
        string liveVideoId,
        string? backlog,
        string? after,
        string? relay,
        [FromQuery(Name = "view")] string? viewName,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        [FromHeader(Name = EdgeHeader.Name)] string? edge,
        HttpContext context)
    {
        if (videos.Refuse(liveVideoId, out var id) is { } problem) return problem;
        if (!Query.TryParseCount(backlog, 0, CommentFeed.MaxBacklog, DefaultBacklog, out var count))
            return Problems.InvalidParameter("backlog", $"a number from 0 to {CommentFeed.MaxBacklog}");
        // A browser that reconnects repeats its first address. How far it has got since is in the header Last-Event-ID.
        if (!TryParseResume(lastEventId, out var resume)) return Problems.InvalidParameter("Last-Event-ID", "the id of an event");
        if (resume is null && !TryParseResume(after, out resume)) return Problems.InvalidParameter("after", "the id of an event");

        if (relay is not (null or "true" or "false")) return Problems.InvalidParameter("relay", "true or false");
        if (!StreamViews.TryParse(viewName, out var view)) return Problems.InvalidParameter("view", StreamViews.Names);
        if (view != StreamView.Public && owners is null) return Problems.NotAtEdges();

        if (rateLimit.Refuse(context) is { } tooFast)
        {
            metrics.Refused("too_many_reads");
            return tooFast;
        }

        var (reader, refusal) = view == StreamView.Public
            ? await access.ToReadAsync(context, id)
            : await access.ToModerateAsync(context, id);
        if (refusal is not null)
        {
            metrics.Refused("not_permitted");
            return refusal;
        }

        // Nothing is shown there that has expired.
        if (view == StreamView.Held) await context.RequestServices.GetRequiredService<HoldQueue>().ExpireAsync(id);
        if (viewers.Stopping) return Refuse("stopping", Problems.Stopping());
        if (!viewers.TryReserve()) return Refuse("too_many_viewers", Problems.TooManyViewers());
        var slot = streamsPerAddress.Enter(context);
        if (!slot.IsAcquired)
        {
            viewers.Release();
            return Refuse("too_many_streams", Problems.TooManyStreams());
        }

        if (hubs.TryEnter(view.Of(id)) is not { } hub)
        {
            viewers.Release();
            slot.Dispose();
            return Refuse("too_many_videos", Problems.TooManyVideos());
        }

        var expiry = reader is null ? null : new TokenExpiry(reader.Until, time);
        var session = new StreamSession(
            viewers, hub, retryHints, metrics, slot, expiry, isRelay: relay == "true", EdgeHeader.Parse(edge));
        try
        {
            await hub.Value.Feed.PrepareAsync(resume, count, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            session.Dispose();
            return TypedResults.Empty;
        }
        catch
        {
            session.Dispose();
            throw;
        }

        // EventSource comes no more after a 204 (WHATWG HTML, 9.2.1). Relays stay to be told when the video is opened again.
        if (hub.Value.Feed.HasEnded && relay != "true")
        {
            session.Dispose();
            context.Response.Headers.CacheControl = "no-cache, no-store";
            return TypedResults.NoContent();
        }

        await session.RunAsync(context, resume, count);
        return TypedResults.Empty;

        IResult Refuse(string reason, ProblemHttpResult problem)
        {
            metrics.Refused(reason);
            return problem.RetryLater(context, retryHints.Seconds);
        }
    }

    private static bool TryParseResume(string? text, out CommentId? after)
    {
        after = null;
        if (string.IsNullOrEmpty(text)) return true;
        var valid = CommentId.TryParse(text, out var id);
        if (valid) after = id;
        return valid;
    }
}
