using System.Net.Http.Headers;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// How long to wait before a stream is opened again. What the upstream asks for counts, up to a minute; else it doubles with each failure
/// in a row. All is spread at random: thousands of streams may have broken at once.
/// </summary>
internal sealed class ReconnectDelay(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    // Whatever is asked for: an upstream that is back is not left alone for an hour.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private const int MaxDoublings = 3;

    private int _failures;

    /// <summary>After a stream that had begun.</summary>
    /// <param name="advice">Its <c>retry:</c>, which the upstream has spread at random; not positive if there was none.</param>
    public TimeSpan AfterStream(TimeSpan advice)
    {
        _failures = 0;
        return advice > TimeSpan.Zero ? Bounded(advice) : Spread(First);
    }

    /// <summary>After one that could not be opened.</summary>
    /// <param name="advice">The <c>Retry-After</c> of a refusal, if there was one.</param>
    public TimeSpan AfterFailure(RetryConditionHeaderValue? advice)
    {
        var backoff = Spread(First * (1 << Math.Min(_failures++, MaxDoublings)));
        return Bounded(advice?.Delta ?? TimeSpan.Zero) + backoff;
    }

    private static TimeSpan Bounded(TimeSpan advice) => advice < Longest ? advice : Longest;

    private TimeSpan Spread(TimeSpan most) => most * (0.1 + 0.9 * random.NextDouble());
}
