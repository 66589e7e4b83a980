using System.Buffers;
using System.Text.Json;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// The endpoint at which an owner takes a copy of a video's comments along. It is where the owners of videos are: not at edges.
/// </summary>
internal sealed class ExportApi(ILiveVideoReader liveVideos, ReadRateLimit rateLimit, VideosOptions videos, VideoAccess access)
{
    private const int Page = 1_000;

    private static ReadOnlySpan<byte> LineFeed => "\n"u8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<ExportApi>(routes.ServiceProvider);
        routes.MapGet("/comments/{liveVideoId}/export", api.ExportAsync)
            .WithSummary("Read all comments of a live video, newest first, one a line")
            .WithDescription(
                "For owners (comments:manage). What is removed while it goes on is left out from then on. If the answer breaks off, go on "
                + "with ?cursor= and the last id.")
            .Produces<Comment>(contentType: ContentType)
            .ProducesProblems(400, 401, 403, 429, 503);
    }

    /// <summary>Lines of JSON.</summary>
    public const string ContentType = "application/x-ndjson";

    private async Task<IResult> ExportAsync(string liveVideoId, string? cursor, HttpContext context)
    {
        if (rateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var id) is { } problem) return problem;
        var (_, refusal) = await access.ToManageAsync(context, id);
        if (refusal is not null) return refusal;
        var before = CommentId.Max;
        if (cursor is not null && !CommentId.TryParse(cursor, out before))
            return Problems.InvalidParameter("cursor", "the id of a comment");

        // The first page before the headers: it may fail.
        var page = await liveVideos.ReadAsync(id, before, Page);
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "private, no-store";
        while (true)
        {
            foreach (var comment in page.Comments)
            {
                await using (var json = new Utf8JsonWriter(response.BodyWriter, new() { Encoder = WireJson.Context.Options.Encoder }))
                    JsonSerializer.Serialize(json, comment, WireJson.Context.Comment);
                response.BodyWriter.Write(LineFeed);
            }

            await response.BodyWriter.FlushAsync(context.RequestAborted);
            if (page.NextCursor is not { } next) return TypedResults.Empty;
            page = await liveVideos.ReadAsync(id, next, Page);
        }
    }
}
