using System.Diagnostics.CodeAnalysis;

namespace LiveComments;

/// <summary>
/// The keys of a video's last comments and what was posted under them, for as long as a repeat is known. They age by the time that passes
/// here, so that a clock which is set forward or back neither forgets them nor keeps them for ever.
/// </summary>
internal sealed class KnownKeys(TimeSpan window, TimeProvider time)
{
    private readonly Dictionary<IdempotencyKey, CommentId> _ids = [];
    private readonly Queue<(IdempotencyKey Key, long Since, TimeSpan Age)> _byAge = new();

    /// <summary>Takes note of the key of a comment that was accepted just now.</summary>
    public void Add(IdempotencyKey key, CommentId id) => Add(key, id, TimeSpan.Zero);

    /// <summary>
    /// Takes note of a key that was found in the log, whose end or the clock, whichever is later, is at <paramref name="now"/>.
    /// </summary>
    public void AddFound(IdempotencyKey key, CommentId id, DateTimeOffset now) => Add(key, id, now - id.CreatedAt);

    public bool TryGet(IdempotencyKey key, [MaybeNullWhen(false)] out CommentId id) => _ids.TryGetValue(key, out id);

    /// <summary>The id above which comments are young enough for their keys to be known at <paramref name="now"/>.</summary>
    public CommentId OldestKnown(DateTimeOffset now) => CommentId.At(now - window);

    /// <summary>Forgets the keys whose time is over.</summary>
    public void Forget()
    {
        var now = time.GetTimestamp();
        while (_byAge.TryPeek(out var entry) && entry.Age + time.GetElapsedTime(entry.Since, now) > window)
            _ids.Remove(_byAge.Dequeue().Key);
    }

    private void Add(IdempotencyKey key, CommentId id, TimeSpan age)
    {
        _ids[key] = id;
        _byAge.Enqueue((key, time.GetTimestamp(), age));
    }
}
