using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Takes posts for the live videos of this node or cluster.</summary>
internal sealed class PostHandler(ILiveVideos liveVideos) : IPostHandler
{
    public async Task<IResult> PostAsync(LiveVideoId liveVideoId, string? idempotencyKey, HttpRequest request)
    {
        var (draft, problem) = await ReadDraftAsync(idempotencyKey, request);
        if (draft is null) return problem!;

        var outcome = await liveVideos.PostAsync(liveVideoId, draft);
        return outcome.Status switch
        {
            PostStatus.Accepted => Json(outcome.Comment!, 201),
            PostStatus.Repeated => Json(outcome.Comment!, 200),
            PostStatus.Overloaded => Problems.Overloaded().RetryLater(request.HttpContext),
            _ => Problems.Unavailable().RetryLater(request.HttpContext),
        };
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

        var (comment, problem) = await PostBody.ReadAsync(request);
        if (comment is null) return (null, problem);
        return CommentDraft.TryCreate(comment.Author, comment.Message, key, out var draft, out var errors)
            ? (draft, null)
            : (null, Problems.InvalidComment(errors));
    }

    private static JsonHttpResult<Comment> Json(Comment comment, int status) =>
        TypedResults.Json(comment, WireJson.Context.Comment, statusCode: status);
}
