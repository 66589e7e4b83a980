namespace LiveComments;

/// <summary>One live video in memory: its actor, the turns it runs in, and who still uses it.</summary>
internal sealed class Activation(LiveVideo video, TimeProvider time)
{
    private const int Closed = -1;

    private readonly TurnScheduler _turns = new();
    private int _users;
    private long _lastUse = time.GetTimestamp();

    /// <summary>Runs <paramref name="work"/> as a turn of the video.</summary>
    public Task<T> RunAsync<T>(Func<LiveVideo, Task<T>> work) => _turns.RunAsync(() => work(video));

    /// <summary>Keeps the video in memory until <see cref="Leave"/>; false where it is just being let go.</summary>
    public bool TryEnter()
    {
        for (var users = Volatile.Read(ref _users); users != Closed;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return true;
            users = seen;
        }

        return false;
    }

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    public void Leave()
    {
        Volatile.Write(ref _lastUse, time.GetTimestamp());
        Interlocked.Decrement(ref _users);
    }

    /// <summary>Closes the video for good where nobody has used it for <paramref name="idle"/>.</summary>
    public bool TryClose(TimeSpan idle) =>
        time.GetElapsedTime(Volatile.Read(ref _lastUse)) >= idle
        && Interlocked.CompareExchange(ref _users, Closed, 0) == 0;
}
