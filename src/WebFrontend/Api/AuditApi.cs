using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which it is read what moderators and owners have done.</summary>
internal sealed class AuditApi(IAuditHandler audits, ReadRateLimit rateLimit, VideosOptions videos)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<AuditApi>(routes.ServiceProvider);
        routes.MapGet("/comments/{liveVideoId}/audit", api.ReadOfVideoAsync)
            .WithSummary("Read what moderators have done on a live video, newest first")
            .WithDescription(
                "For moderators (comments:moderate). Each entry was written before it was carried out. Its hash is of all entries before "
                + "it, too; checkpoint is the last hash that was signed.")
            .Produces<AuditPage>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet("/people/audit", api.ReadOfSiteAsync)
            .WithSummary("Read what owners have done on all live videos at once, newest first")
            .WithDescription("For owners (comments:manage) of all videos: bans from all videos, and erasures.")
            .Produces<AuditPage>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet("/audit/keys", (Delegate)api.ReadKeysAsync)
            .WithSummary("Read the public key that checkpoints of audits are signed with")
            .WithDescription("For anybody. A JSON Web Key Set (RFC 7517); it is empty where checkpoints are off.")
            .Produces<PublishedKeys>()
            .ProducesProblems(429, 503);
    }

    private async Task<IResult> ReadOfVideoAsync(string liveVideoId, string? cursor, string? limit, HttpContext context) =>
        rateLimit.Refuse(context)
        ?? videos.Refuse(liveVideoId, out var video)
        ?? await ReadAsync(video, cursor, limit, context);

    private async Task<IResult> ReadOfSiteAsync(string? cursor, string? limit, HttpContext context) =>
        rateLimit.Refuse(context) ?? await ReadAsync(null as LiveVideoId?, cursor, limit, context);

    private async Task<IResult> ReadKeysAsync(HttpContext context) => rateLimit.Refuse(context) ?? await audits.ReadKeysAsync(context);

    private async Task<IResult> ReadAsync(LiveVideoId? video, string? cursor, string? limit, HttpContext context)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        var before = CommentId.Max;
        if (cursor is not null && !CommentId.TryParse(cursor, out before))
            return Problems.InvalidParameter("cursor", "the nextCursor of a page");
        return Query.TryParseCount(limit, 1, MaxPage, DefaultPage, out var count)
            ? await audits.ReadAsync(video, before, count, context)
            : Problems.InvalidParameter("limit", $"a number from 1 to {MaxPage}");
    }
}
