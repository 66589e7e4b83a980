using System.Net;
using System.Threading.RateLimiting;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.RateLimiting;

namespace LiveComments.WebFrontend.Api;

/// <summary>Holds each client address to its rate of posts, with a token bucket.</summary>
internal static class PostRateLimit
{
    public const string Policy = "posts";

    public static void Configure(RateLimiterOptions options)
    {
        options.AddPolicy(Policy, context =>
        {
            var limits = context.RequestServices.GetRequiredService<LimitsOptions>();
            return limits.PostsPerSecond == 0
                ? RateLimitPartition.GetNoLimiter(IPAddress.None)
                : RateLimitPartition.GetTokenBucketLimiter(ClientAddress.Of(context), _ => new()
                {
                    TokenLimit = limits.PostBurst,
                    TokensPerPeriod = limits.PostsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                });
        });
        options.OnRejected = async (rejected, _) =>
        {
            var context = rejected.HttpContext;
            context.RequestServices.GetRequiredService<CommentMetrics>().Refused("too_many");
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            await Problems.TooManyPosts().RetryLater(context, (int)Math.Ceiling(wait.TotalSeconds)).ExecuteAsync(context);
        };
    }
}
