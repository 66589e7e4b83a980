using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Holds each client address to its rate of reads: pages of the history, and streams that it opens.</summary>
internal sealed class ReadRateLimit(LimitsOptions limits, KnownClients known) : IDisposable
{
    private const int ByDefault = 100;

    private readonly AddressLimiter _reads = TokenBuckets.Create(
        context => known.IsHeld(context, limits.ReadsPerSecond),
        limits.ReadsPerSecond ?? ByDefault,
        limits.ReadBurst);

    /// <summary>Counts a read; gives the refusal if its client is over its rate.</summary>
    public ProblemHttpResult? Refuse(HttpContext context)
    {
        using var lease = _reads.Enter(context);
        return lease.IsAcquired ? null : Problems.TooManyReads().RetryLater(context, TokenBuckets.RetryAfter(lease));
    }

    public void Dispose() => _reads.Dispose();
}
