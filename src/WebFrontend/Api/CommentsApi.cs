using LiveComments.WebFrontend.Edge;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>Posting comments and paging back through them.</summary>
internal static class CommentsApi
{
    private const int DefaultPage = 50;
    private const int MaxPage = 200;

    public static void MapComments(this IEndpointRouteBuilder routes)
    {
        // A node that owns no videos takes no posts: it passes them on.
        Delegate post = routes.ServiceProvider.GetService<PostForwarder>() is { } upstream ? upstream.PassOnAsync : PostAsync;
        routes.MapPost("/comments/{liveVideoId}", post)
            .RequireRateLimiting(PostRateLimit.Policy)
            .WithSummary("Post a comment")
            .WithDescription("Answers once the comment is durable. A repeated Idempotency-Key gets the first comment.")
            .Accepts<NewComment>("application/json")
            .Produces<Comment>(201)
            .Produces<Comment>()
            .ProducesProblems(400, 413, 415, 429, 503);

        routes.MapGet("/comments/{liveVideoId}", ReadAsync)
            .WithSummary("Read earlier comments, newest first")
            .Produces<CommentPage>()
            .ProducesProblems(400, 503);
    }

    private static async Task<IResult> PostAsync(
        string liveVideoId,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpRequest request,
        ILiveVideos liveVideos,
        CommentMetrics metrics)
    {
        if (!LiveVideoId.TryParse(liveVideoId, null, out var id)) return Invalid(Problems.InvalidLiveVideoId());
        var (draft, problem) = await ReadDraftAsync(idempotencyKey, request);
        if (draft is null) return Invalid(problem!);

        var outcome = await liveVideos.PostAsync(id, draft);
        return outcome.Status switch
        {
            PostStatus.Accepted => Json(outcome.Comment!, 201),
            PostStatus.Repeated => Json(outcome.Comment!, 200),
            PostStatus.Overloaded => Problems.Overloaded().RetryLater(request.HttpContext),
            _ => Problems.Unavailable().RetryLater(request.HttpContext),
        };

        IResult Invalid(ProblemHttpResult reason)
        {
            metrics.Refused("invalid");
            return reason;
        }
    }

    private static async ValueTask<(CommentDraft? Draft, ProblemHttpResult? Problem)> ReadDraftAsync(
        string? idempotencyKey, HttpRequest request)
    {
        IdempotencyKey? key = null;
        if (idempotencyKey is not null)
        {
            if (!IdempotencyKey.TryCreate(idempotencyKey, out var given)) return (null, Problems.InvalidIdempotencyKey());
            key = given;
        }

        var (comment, problem) = await NewComment.ReadAsync(request);
        if (comment is null) return (null, problem);
        return CommentDraft.TryCreate(comment.Author, comment.Message, key, out var draft, out var errors)
            ? (draft, null)
            : (null, Problems.InvalidComment(errors));
    }

    private static async Task<IResult> ReadAsync(string liveVideoId, string? cursor, string? limit, ILiveVideoReader liveVideos)
    {
        if (!LiveVideoId.TryParse(liveVideoId, null, out var id)) return Problems.InvalidLiveVideoId();
        var before = CommentId.Max;
        if (cursor is not null && !CommentId.TryParse(cursor, out before))
            return Problems.InvalidParameter("cursor", "the nextCursor of a page");
        if (!Query.TryParseCount(limit, 1, MaxPage, DefaultPage, out var count))
            return Problems.InvalidParameter("limit", $"a number from 1 to {MaxPage}");
        return TypedResults.Json(await liveVideos.ReadAsync(id, before, count), WireJson.Context.CommentPage);
    }

    private static JsonHttpResult<Comment> Json(Comment comment, int status) =>
        TypedResults.Json(comment, WireJson.Context.Comment, statusCode: status);
}
