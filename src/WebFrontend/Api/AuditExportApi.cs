using System.Buffers;
using System.Text.Json;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// The endpoints at which an owner takes an audit along, to prove it. They are where the owners of videos are: not at edges.
/// </summary>
internal sealed class AuditExportApi(AuditChains chains, ReadRateLimit rateLimit, VideosOptions videos, VideoAccess access)
{
    private const int FlushEvery = 500;

    private static ReadOnlySpan<byte> LineFeed => "\n"u8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<AuditExportApi>(routes.ServiceProvider);
        routes.MapGet("/comments/{liveVideoId}/audit/export", api.ExportVideoAsync)
            .WithSummary("Read all of an audit, oldest first, one entry a line")
            .WithDescription("For owners (comments:manage). The command \"audit verify\" proves it.")
            .Produces<ExportedEntry>(contentType: ExportApi.ContentType)
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet("/people/audit/export", (Delegate)api.ExportSiteAsync)
            .WithSummary("Read all of the audit of all live videos, oldest first, one entry a line")
            .WithDescription("For owners (comments:manage) of all videos.")
            .Produces<ExportedEntry>(contentType: ExportApi.ContentType)
            .ProducesProblems(400, 401, 403, 429, 503);
    }

    private async Task<IResult> ExportVideoAsync(string liveVideoId, HttpContext context)
    {
        if (rateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var video) is { } problem) return problem;
        return await ExportAsync(await access.ToManageAsync(context, video), video.OfAudit, context);
    }

    private async Task<IResult> ExportSiteAsync(HttpContext context) =>
        rateLimit.Refuse(context) ?? await ExportAsync(await access.ToManageSiteAsync(context), LiveVideoId.OfSiteAudit, context);

    private async Task<IResult> ExportAsync(Admission admission, LiveVideoId log, HttpContext context)
    {
        if (admission.Refusal is not null) return admission.Refusal;
        await using var entries = chains.ReadAllAsync(log).GetAsyncEnumerator(context.RequestAborted);
        // The first before the headers: it may fail.
        var any = await entries.MoveNextAsync();
        var response = context.Response;
        response.ContentType = ExportApi.ContentType;
        response.Headers.CacheControl = "private, no-store";
        for (var count = 1; any; count++)
        {
            await using (var json = new Utf8JsonWriter(response.BodyWriter, new() { Encoder = AuditJson.Context.Options.Encoder }))
                JsonSerializer.Serialize(json, ExportedEntry.Of(entries.Current), AuditJson.Context.ExportedEntry);
            response.BodyWriter.Write(LineFeed);
            if (count % FlushEvery == 0) await response.BodyWriter.FlushAsync(context.RequestAborted);
            any = await entries.MoveNextAsync();
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
        return TypedResults.Empty;
    }
}
