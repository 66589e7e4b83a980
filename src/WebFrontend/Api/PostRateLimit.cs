using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Holds each client address to its rate of posts.</summary>
internal sealed class PostRateLimit(LimitsOptions limits) : IDisposable
{
    private readonly AddressLimiter _posts = TokenBuckets.Create(_ => limits.PostsPerSecond > 0, limits.PostsPerSecond, limits.PostBurst);

    /// <summary>Counts a post; gives the refusal if its client is over its rate.</summary>
    public ProblemHttpResult? Refuse(HttpContext context)
    {
        using var lease = _posts.Enter(context);
        return lease.IsAcquired ? null : Problems.TooManyPosts().RetryLater(context, TokenBuckets.RetryAfter(lease));
    }

    public void Dispose() => _posts.Dispose();
}
