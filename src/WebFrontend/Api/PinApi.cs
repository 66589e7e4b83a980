using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which moderators pin a comment of a live video.</summary>
internal sealed class PinApi(
    IPinHandler pins, PostRateLimit postRateLimit, ReadRateLimit readRateLimit, VideosOptions videos, VideoAccess access)
{
    private const string Pin = "/comments/{liveVideoId}/pin";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<PinApi>(routes.ServiceProvider);
        routes.MapGet(Pin, api.ReadAsync)
            .WithSummary("Read the pinned comment of a live video")
            .WithDescription("'comment' is null if none is pinned. Streams begin with it, and tell of a change: 'event: pin'.")
            .Produces<PinnedComment>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapPut(Pin, api.PinAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Pin a comment of a live video")
            .WithDescription(
                "For moderators (comments:moderate). It is pinned in place of any other, until it is unpinned or removed. Whoever watches is told.")
            .Accepts<NewPin>("application/json")
            .Produces<PinnedComment>()
            .ProducesProblems(400, 401, 403, 404, 410, 413, 415, 429, 503);

        routes.MapDelete(Pin, api.UnpinAsync)
            .WithSummary("Unpin whatever comment is pinned")
            .WithDescription("For moderators (comments:moderate). The comment stays.")
            .Produces(204)
            .ProducesProblems(400, 401, 403, 429, 503);
    }

    private async Task<IResult> ReadAsync(string liveVideoId, HttpContext context)
    {
        if (readRateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var video) is { } problem) return problem;
        var (reader, refusal) = await access.ToReadAsync(context, video);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = reader is null ? "no-store" : "private, no-store";
        return await pins.ReadAsync(video, context);
    }

    private async Task<IResult> PinAsync(string liveVideoId, HttpContext context) =>
        postRateLimit.Refuse(context) ?? videos.Refuse(liveVideoId, out var video) ?? await pins.PinAsync(video, context);

    private async Task<IResult> UnpinAsync(string liveVideoId, HttpContext context) =>
        postRateLimit.Refuse(context) ?? videos.Refuse(liveVideoId, out var video) ?? await pins.UnpinAsync(video, context);
}
