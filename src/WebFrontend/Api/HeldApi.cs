using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which moderators decide on held comments, and their authors ask what became of them.</summary>
internal sealed class HeldApi(IHeldHandler held, PostRateLimit postRateLimit, ReadRateLimit readRateLimit, VideosOptions videos)
{
    private const string Queue = "/comments/{liveVideoId}/held";
    private const string One = $"{Queue}/{{heldId}}";
    private const int DefaultPage = 50;
    private const int MaxPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<HeldApi>(routes.ServiceProvider);
        routes.MapGet(Queue, api.ReadAsync)
            .WithSummary("Read the comments that wait for a moderator, newest first")
            .WithDescription("For moderators (comments:moderate). The stream with 'view=held' tells of those that come and go.")
            .Produces<HeldPage>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet(One, api.FindAsync)
            .WithSummary("Read what became of a held comment")
            .WithDescription("For whoever knows its id, such as who posted it. It does not give the text.")
            .Produces<HeldAnswer>()
            .ProducesProblems(400, 404, 429, 503);

        routes.MapPost(One, api.DecideAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Publish or refuse a held comment")
            .WithDescription(
                "For moderators (comments:moderate). The first decision holds; to repeat it is to ask whether it was carried out. A published "
                + "comment gets its id then.")
            .Accepts<NewDecision>("application/json")
            .Produces<HeldAnswer>()
            .ProducesProblems(400, 401, 403, 404, 409, 410, 413, 415, 429, 503);
    }

    private async Task<IResult> ReadAsync(string liveVideoId, string? cursor, string? limit, HttpContext context)
    {
        if (readRateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var video) is { } problem) return problem;
        var before = CommentId.Max;
        if (cursor is not null && !CommentId.TryParse(cursor, out before))
            return Problems.InvalidParameter("cursor", "the nextCursor of a page");
        if (!Query.TryParseCount(limit, 1, MaxPage, DefaultPage, out var count))
            return Problems.InvalidParameter("limit", $"a number from 1 to {MaxPage}");
        return await held.ReadAsync(video, before, count, context);
    }

    private async Task<IResult> FindAsync(string liveVideoId, string heldId, HttpContext context) =>
        readRateLimit.Refuse(context)
        ?? Check(liveVideoId, heldId, out var video, out var id)
        ?? await held.FindAsync(video, id, context);

    private async Task<IResult> DecideAsync(string liveVideoId, string heldId, HttpContext context) =>
        postRateLimit.Refuse(context)
        ?? Check(liveVideoId, heldId, out var video, out var id)
        ?? await held.DecideAsync(video, id, context);

    private ProblemHttpResult? Check(string liveVideoId, string heldId, out LiveVideoId video, out CommentId held)
    {
        held = default;
        return videos.Refuse(liveVideoId, out video) ?? (CommentId.TryParse(heldId, out held) ? null : Problems.NoSuchHeldComment());
    }
}
