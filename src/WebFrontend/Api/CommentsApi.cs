using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which comments are posted and read back.</summary>
internal sealed class CommentsApi(IPostHandler posts, ILiveVideoReader liveVideos, PostRateLimit rateLimit, CommentMetrics metrics)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 200;

    // Twice the largest body: the server counts the framing of a chunked body, too. Who reads the body keeps the limit to the byte.
    private static readonly RequestSizeLimitAttribute BodyLimit = new(2 * NewComment.MaxBytes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<CommentsApi>(routes.ServiceProvider);
        routes.MapPost("/comments/{liveVideoId}", api.PostAsync)
            .WithMetadata(BodyLimit)
            .WithSummary("Post a comment")
            .WithDescription("Answers once the comment is durable. A repeated Idempotency-Key gets the first comment.")
            .Accepts<NewComment>("application/json")
            .Produces<Comment>(201)
            .Produces<Comment>()
            .ProducesProblems(400, 413, 415, 429, 503);

        routes.MapGet("/comments/{liveVideoId}", api.ReadAsync)
            .WithSummary("Read earlier comments, newest first")
            .Produces<CommentPage>()
            .ProducesProblems(400, 503);
    }

    private async Task<IResult> PostAsync(
        string liveVideoId, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpRequest request)
    {
        if (rateLimit.Refuse(request.HttpContext) is { } tooMany)
        {
            metrics.Refused("too_many");
            return tooMany;
        }

        var result = LiveVideoId.TryParse(liveVideoId, null, out var id)
            ? await posts.PostAsync(id, idempotencyKey, request)
            : Problems.InvalidLiveVideoId();
        if (result is ProblemHttpResult { StatusCode: >= 400 and < 500 }) metrics.Refused("invalid");
        return result;
    }

    private async Task<IResult> ReadAsync(string liveVideoId, string? cursor, string? limit)
    {
        if (!LiveVideoId.TryParse(liveVideoId, null, out var id)) return Problems.InvalidLiveVideoId();
        var before = CommentId.Max;
        if (cursor is not null && !CommentId.TryParse(cursor, out before))
            return Problems.InvalidParameter("cursor", "the nextCursor of a page");
        if (!Query.TryParseCount(limit, 1, MaxPage, DefaultPage, out var count))
            return Problems.InvalidParameter("limit", $"a number from 1 to {MaxPage}");
        return TypedResults.Json(await liveVideos.ReadAsync(id, before, count), WireJson.Context.CommentPage);
    }
}
