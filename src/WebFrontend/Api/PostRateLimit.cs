using System.Net;
using System.Threading.RateLimiting;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Holds each client address to its rate of posts, with a token bucket.</summary>
internal sealed class PostRateLimit(LimitsOptions limits) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _posts = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        limits.PostsPerSecond == 0
            ? RateLimitPartition.GetNoLimiter(IPAddress.None)
            : RateLimitPartition.GetTokenBucketLimiter(ClientAddress.Of(context), _ => new()
            {
                TokenLimit = limits.PostBurst,
                TokensPerPeriod = limits.PostsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));

    /// <summary>Counts a post; gives the refusal if its client is over its rate.</summary>
    public ProblemHttpResult? Refuse(HttpContext context)
    {
        using var lease = _posts.AttemptAcquire(context);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return Problems.TooManyPosts().RetryLater(context, (int)Math.Ceiling(wait.TotalSeconds));
    }

    public void Dispose() => _posts.Dispose();
}
