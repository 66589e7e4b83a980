namespace LiveComments;

/// <summary>
/// For how long what is here of a video may be shown while its source, elsewhere, cannot be asked: comments may have been removed there
/// since. It counts from the last moment at which all was here that the source had. Safe for use by many threads at once.
/// </summary>
/// <param name="lasts">How long it lasts after such a moment.</param>
/// <param name="time">The clock.</param>
internal sealed class Freshness(TimeSpan lasts, TimeProvider time)
{
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _confirmed = time.GetTimestamp();

    /// <summary>Whether it is over: nothing of what is here can be shown any more.</summary>
    public bool IsOver => Left == TimeSpan.Zero;

    private TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                if (_confirmed is not { } confirmed) return TimeSpan.Zero;
                var left = lasts - time.GetElapsedTime(confirmed);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>All is here that the source had at a timestamp.</summary>
    public void Confirm(long timestamp)
    {
        lock (_gate)
        {
            if (_confirmed is null || timestamp > _confirmed) _confirmed = timestamp;
        }
    }

    /// <summary>The source has said that what it has is itself too old.</summary>
    public void End()
    {
        lock (_gate) _confirmed = null;
    }

    /// <summary>
    /// Calls <paramref name="isOver"/> as soon as it is over, and each second while it is: who came in that moment is told, too.
    /// </summary>
    public async Task WatchAsync(Action isOver, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            var left = Left;
            if (left == TimeSpan.Zero) isOver();
            await Task.Delay(left > TimeSpan.Zero ? left : TellAgainAfter, time, ended)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
