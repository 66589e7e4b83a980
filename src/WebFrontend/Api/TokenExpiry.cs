using LiveComments.WebFrontend.FanOut;

namespace LiveComments.WebFrontend.Api;

/// <summary>Ends the stream of a viewer when the token does that let it in.</summary>
/// <param name="until">Until when the token is taken.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenExpiry(DateTimeOffset until, TimeProvider time) : IDisposable
{
    // A timer reaches not much further than a month, and goes by another clock than the token.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Whether the token has ended.</summary>
    public bool IsOver => time.GetUtcNow() >= until;

    /// <summary>Ends this viewer at the end of the token.</summary>
    public void Watch(Viewer viewer)
    {
        lock (_gate)
        {
            if (_disposed) return;
            // The ExecutionContext of the request must not live as long as the stream.
            using var _ = ExecutionContext.SuppressFlow();
            _timer = time.CreateTimer(state => EndOrWait((Viewer)state!), viewer, NextWait(), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void EndOrWait(Viewer viewer)
    {
        if (IsOver)
        {
            viewer.End();
            return;
        }

        lock (_gate)
        {
            if (!_disposed) _timer?.Change(NextWait(), Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan NextWait()
    {
        var left = until - time.GetUtcNow();
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait;
    }
}
