using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Handles posts whose address and rate are in order: takes them, or passes them on to a node that does.</summary>
internal interface IPostHandler
{
    /// <summary>Handles the post that <paramref name="request"/> makes to <paramref name="liveVideoId"/>.</summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="idempotencyKey">The header <c>Idempotency-Key</c>; null if there is none.</param>
    /// <param name="request">The request; its body has not been read.</param>
    /// <returns>The answer; a <see cref="ProblemHttpResult"/> of status 4xx if the post is not valid.</returns>
    /// <exception cref="CommentsUnavailableException">It may or may not have been taken.</exception>
    Task<IResult> PostAsync(LiveVideoId liveVideoId, string? idempotencyKey, HttpRequest request);
}
