using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// The endpoint at which edges say who of their viewers was told of removals. It is below the video, as all that is routed by it.
/// </summary>
internal sealed class ReportsApi(IReceipts receipts, KnownClients clients, PostRateLimit postRateLimit, VideosOptions videos)
{
    // The server counts the framing of a chunked body, too.
    private static readonly RequestSizeLimitAttribute ServersLimit = new(2 * NewReports.MaxBytes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<ReportsApi>(routes.ServiceProvider);
        routes.MapPost("/comments/{liveVideoId}/receipts", api.TakeAsync)
            .WithMetadata(ServersLimit)
            .WithSummary("Report who of an edge's viewers was told of removals")
            .WithDescription(
                "For edges whose address is among Http:TrustedProxies. A report replaces the one that the same edge has sent of the same "
                + "removal before.")
            .Accepts<NewReports>("application/json")
            .Produces(204)
            .ProducesProblems(400, 403, 404, 413, 415, 429, 503);
    }

    private async Task<IResult> TakeAsync(string liveVideoId, HttpContext context)
    {
        if (postRateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var video) is { } refusal) return refusal;
        if (!clients.IsTrustedProxy(context)) return Problems.EdgesOnly();
        var (body, problem) = await JsonBody.ReadAsync(
            context.Request, WireJson.Context.NewReports, NewReports.Example, NewReports.MaxBytes);
        if (body is null) return problem!;
        if (body.Complaint is { } complaint) return Problems.InvalidReport(complaint);
        await receipts.ReportAsync(video, body.ToReports());
        return TypedResults.NoContent();
    }
}
