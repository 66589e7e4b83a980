using System.Diagnostics.CodeAnalysis;

namespace LiveComments;

/// <summary>The keys of a video's last comments and what was posted under them, for as long as a repeat is known.</summary>
internal sealed class KnownKeys(TimeSpan window)
{
    private readonly Dictionary<IdempotencyKey, CommentId> _ids = [];
    private readonly Queue<KeyValuePair<IdempotencyKey, CommentId>> _byAge = new();

    public void Add(IdempotencyKey key, CommentId id)
    {
        _ids[key] = id;
        _byAge.Enqueue(new(key, id));
    }

    public bool TryGet(IdempotencyKey key, [MaybeNullWhen(false)] out CommentId id) => _ids.TryGetValue(key, out id);

    /// <summary>The id above which comments are young enough for their keys to be known at <paramref name="now"/>.</summary>
    public CommentId OldestKnown(DateTimeOffset now) => CommentId.At(now - window);

    public void Forget(DateTimeOffset now)
    {
        var oldest = OldestKnown(now);
        while (_byAge.TryPeek(out var entry) && entry.Value < oldest) _ids.Remove(_byAge.Dequeue().Key);
    }
}
