using System.Threading.RateLimiting;

namespace LiveComments.WebFrontend.Api;

/// <summary>Token buckets of client addresses.</summary>
internal static class TokenBuckets
{
    /// <summary>Makes buckets that fill by <paramref name="rate"/> a second up to <paramref name="burst"/>.</summary>
    public static AddressLimiter Create(Func<HttpContext, bool> isHeld, int rate, int burst) => new(
        isHeld,
        times => new TokenBucketRateLimiter(new()
        {
            TokenLimit = burst * times,
            TokensPerPeriod = rate * times,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            // The table of all of them does, and forgets those that are full.
            AutoReplenishment = false,
        }));

    /// <summary>In how many seconds one who was refused may come again.</summary>
    public static int RetryAfter(RateLimitLease refused) =>
        refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 1;
}
