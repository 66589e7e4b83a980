using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using LiveComments.WebFrontend.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Holds each client address to its rate of posts, with a token bucket.</summary>
internal static class PostRateLimit
{
    public const string Policy = "posts";

    public static void Configure(RateLimiterOptions options)
    {
        options.AddPolicy(Policy, context =>
        {
            var limits = context.RequestServices.GetRequiredService<LimitsSettings>();
            return limits.PostsPerSecond == 0
                ? RateLimitPartition.GetNoLimiter(IPAddress.None)
                : RateLimitPartition.GetTokenBucketLimiter(Partition(context.Connection.RemoteIpAddress), _ => new()
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

    // One subscriber has a whole /64 of IPv6 to choose addresses from (RFC 6177).
    private static IPAddress Partition(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
