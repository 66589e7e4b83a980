using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoint at which viewers follow a live video, as Server-Sent Events (WHATWG HTML standard).</summary>
internal sealed class StreamApi(StreamAdmission admission)
{
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
        if (relay is not (null or "true" or "false")) return Problems.InvalidParameter("relay", "true or false");
        var admitted = await admission.AdmitAsync(
            new(liveVideoId, backlog, after, lastEventId, viewName, IsRelay: relay == "true", EdgeHeader.Parse(edge)), context);
        if (admitted.Session is not { } session) return admitted.Refusal!;

        // EventSource comes no more after a 204 (WHATWG HTML, 9.2.1). Relays stay to be told when the video is opened again.
        if (admitted.HasEnded && relay != "true")
        {
            session.Dispose();
            context.Response.Headers.CacheControl = "no-cache, no-store";
            return TypedResults.NoContent();
        }

        await session.RunAsync(context, admitted.Resume, admitted.Backlog);
        return TypedResults.Empty;
    }
}
