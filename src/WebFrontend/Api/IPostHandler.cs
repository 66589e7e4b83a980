using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Handles posts that passed the checks of address and rate: an owner's node takes them, an edge passes them on.</summary>
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
