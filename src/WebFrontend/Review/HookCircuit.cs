using Polly;
using Polly.CircuitBreaker;

namespace LiveComments.WebFrontend.Review;

/// <summary>Whether the hook is asked.</summary>
internal enum HookState
{
    /// <summary>It is asked.</summary>
    Closed,

    /// <summary>It failed again and again, and is left alone for a while.</summary>
    Open,

    /// <summary>One request finds out whether it answers again.</summary>
    Probing,
}

/// <summary>How it stands with the hook.</summary>
/// <param name="State">Whether it is asked.</param>
/// <param name="Since">Since when it has been asked without a break, or been left alone.</param>
internal sealed record HookStatus(HookState State, DateTimeOffset Since);

/// <summary>
/// Bounds the time of requests to the hook, and leaves it alone while it fails: comments need not wait for what does not come, and a service
/// that is overloaded can recover.
/// </summary>
internal sealed class HookCircuit
{
    /// <summary>How long the hook is left alone before one request probes it.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    /// <summary>The fewest requests in <see cref="Sampled"/> of which half must have failed.</summary>
    public const int FewestRequests = 5;

    /// <summary>The time in which failures are counted.</summary>
    public static readonly TimeSpan Sampled = TimeSpan.FromSeconds(10);

    private readonly ResiliencePipeline _pipeline;
    private volatile HookStatus _status;

    public HookCircuit(TimeSpan timeout, TimeProvider time, ReviewMetrics metrics, ReviewLog log)
    {
        _status = new(HookState.Closed, time.GetUtcNow());
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = .5,
                MinimumThroughput = FewestRequests,
                SamplingDuration = Sampled,
                BreakDuration = Break,
                // Whatever goes wrong; but not that this process ends.
                ShouldHandle = arguments => new(arguments.Outcome.Exception is not null and not OperationCanceledException),
                OnOpened = _ => Become(HookState.Open),
                OnHalfOpened = _ => Become(HookState.Probing),
                OnClosed = _ => Become(HookState.Closed),
            })
            .AddTimeout(timeout)
            .Build();

        ValueTask Become(HookState state)
        {
            // A probe that fails leaves it open, with one line and one count for the whole time.
            var since = _status.Since;
            if (_status.State == HookState.Closed && state == HookState.Open)
            {
                since = time.GetUtcNow();
                metrics.CircuitOpened();
                log.CircuitOpened(Break.TotalSeconds);
            }
            else if (_status.State != HookState.Closed && state == HookState.Closed)
            {
                since = time.GetUtcNow();
                metrics.CircuitClosed();
                log.CircuitClosed();
            }

            _status = new(state, since);
            return default;
        }
    }

    /// <summary>Whether the hook is asked, and since when.</summary>
    public HookStatus Status => _status;

    /// <summary>Runs a request.</summary>
    /// <exception cref="BrokenCircuitException">The hook is left alone.</exception>
    /// <exception cref="Polly.Timeout.TimeoutRejectedException">It took too long.</exception>
    public ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> request, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(request, cancellationToken);
}
