using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which the modes of a live video are read and changed.</summary>
internal sealed class SettingsApi(
    ISettingsHandler settings, PostRateLimit postRateLimit, ReadRateLimit readRateLimit, VideosOptions videos, VideoAccess access)
{
    private const string Settings = "/comments/{liveVideoId}/settings";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<SettingsApi>(routes.ServiceProvider);
        routes.MapGet(Settings, api.ReadAsync)
            .WithSummary("Read the settings of a live video")
            .WithDescription("Who may post what. The ETag names this version of them.")
            .Produces<VideoSettings>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapPatch(Settings, api.ChangeAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Change some settings of a live video")
            .WithDescription(
                "For moderators (comments:moderate). A JSON Merge Patch (RFC 7396): what is left out stays, null sets a member back. "
                + "\"preset\": \"calm\" sets several at once. With If-Match the change is for that version alone. No comment that is taken "
                + "after the answer breaks the new settings; whoever watches is told.")
            .Accepts<VideoSettings>("application/merge-patch+json", "application/json")
            .Produces<VideoSettings>()
            .ProducesProblems(400, 401, 403, 412, 413, 415, 429, 503);
    }

    private async Task<IResult> ReadAsync(string liveVideoId, HttpContext context)
    {
        if (readRateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var video) is { } problem) return problem;
        var (reader, refusal) = await access.ToReadAsync(context, video);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = reader is null ? "no-store" : "private, no-store";
        return await settings.ReadAsync(video, context);
    }

    private async Task<IResult> ChangeAsync(string liveVideoId, HttpContext context) =>
        postRateLimit.Refuse(context) ?? videos.Refuse(liveVideoId, out var video) ?? await settings.ChangeAsync(video, context);
}
