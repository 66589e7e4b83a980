using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which comments are posted and read back.</summary>
internal sealed class CommentsApi(
    IPostHandler posts,
    PublicView view,
    IModeratorReader moderators,
    PostRateLimit rateLimit,
    ReadRateLimit readRateLimit,
    VideosOptions videos,
    VideoAccess access,
    CommentMetrics metrics)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 200;

    private WebSocketApi? _sockets;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<CommentsApi>(routes.ServiceProvider);
        api._sockets = new(routes, api.PostAsync);
        routes.MapPost("/comments/{liveVideoId}", api.PostAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Post a comment")
            .WithDescription(
                "Answers once the comment is durable. A repeated Idempotency-Key gets the first comment; another comment under it is "
                + "refused.")
            .Accepts<NewComment>("application/json")
            .Produces<Comment>(201)
            .Produces<Comment>()
            .ProducesProblems(400, 401, 403, 409, 413, 415, 422, 429, 503);

        routes.MapGet("/comments/{liveVideoId}", api.ReadAsync)
            .WithSummary("Read earlier comments, newest first")
            .WithDescription(
                "A request that asks for an upgrade to a WebSocket follows the live video: the events of its stream as texts, after 'after' "
                + "or else with the last 'backlog' comments; and a client may post on it.")
            .Produces<CommentPage>()
            .ProducesProblems(400, 401, 403, 429, 503);
    }

    private async Task<IResult> PostAsync(
        string liveVideoId, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpRequest request)
    {
        if (rateLimit.Refuse(request.HttpContext) is { } tooMany)
        {
            metrics.Refused("too_many");
            return tooMany;
        }

        var result = videos.Refuse(liveVideoId, out var id) ?? await posts.PostAsync(id, idempotencyKey, request);
        // What the owner of the video refuses it has counted.
        if (result is ProblemHttpResult { StatusCode: >= 400 and < 500 and not (409 or 422 or 429) }) metrics.Refused("invalid");
        return result;
    }

    private async Task<IResult> ReadAsync(string liveVideoId, string? cursor, string? limit, string? removals, HttpContext context)
    {
        if (WebSocketApi.IsAskedFor(context)) return await _sockets!.HandleAsync(context);
        if (readRateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var id) is { } problem) return problem;
        var (reader, refusal) = await access.ToReadAsync(context, id);
        if (refusal is not null) return refusal;
        var moderates = await access.IsModeratorAsync(context, id);
        // The newest page is another one a moment later, and nobody on the way may keep what only some may read.
        context.Response.Headers.CacheControl = reader is not null || moderates ? "private, no-store" : "no-store";
        var before = CommentId.Max;
        if (cursor is not null && !CommentId.TryParse(cursor, out before))
            return Problems.InvalidParameter("cursor", "the nextCursor of a page");
        if (!Query.TryParseCount(limit, 1, MaxPage, DefaultPage, out var count))
            return Problems.InvalidParameter("limit", $"a number from 1 to {MaxPage}");
        if (removals is not (null or "true" or "false")) return Problems.InvalidParameter("removals", "true or false");
        var page = moderates ? await moderators.ReadAsync(id, before, count, context) : await view.ReadAsync(id, before, count);
        // Whoever follows the log for others needs to know what it must take back; all else have it from the stream.
        if (removals != "true") page = page with { Removals = null, LastRemoval = null };
        return TypedResults.Json(page, WireJson.Context.CommentPage);
    }
}
