namespace LiveComments.Client.Requests;

/// <summary>
/// How long to wait before something is tried again: first what the server wished for, then longer with every failure in a row. All is
/// spread at random, so that the clients of a server that failed do not return as one.
/// </summary>
/// <param name="first">What it grows from if the server names nothing.</param>
internal sealed class RetryPace(TimeSpan first)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // The longest wait that a server may name.
    private static readonly TimeSpan LongestAdvice = TimeSpan.FromMinutes(10);

    private const int MaxDoublings = 10;

    private TimeSpan? _advised;
    private int _failures;

    /// <summary>Takes what the server wishes for in general, such as the <c>retry:</c> of a stream; not positive if it names none.</summary>
    public void Advise(TimeSpan advice)
    {
        if (advice > TimeSpan.Zero) _advised = Min(advice, LongestAdvice);
    }

    /// <summary>All was well: the next failure is the first again.</summary>
    public void Reset() => _failures = 0;

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="retryAfter">What the server asked for this time, if it did.</param>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var doubled = Min(first * (1 << Math.Min(_failures, MaxDoublings)), Longest);
        var grown = _advised is { } advised && (_failures == 0 || advised > doubled) ? advised : doubled;
        _failures = Math.Min(_failures + 1, MaxDoublings);
        var (spread, asked) = (Between(grown, 0.75, 1.25), Between(retryAfter ?? TimeSpan.Zero, 1, 1.25));
        return spread > asked ? spread : asked;
    }

#pragma warning disable CA5394 // Waits need not be secret.
    private static TimeSpan Between(TimeSpan time, double least, double most) =>
        time * (least + ((most - least) * Random.Shared.NextDouble()));
#pragma warning restore CA5394

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
