using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// Makes the batches that viewers of one ring get in a write, and caches the last few. In a broadcast, or if many viewers join together,
/// almost every viewer is at a position at which another one was just before.
/// </summary>
internal sealed class WriteBatchCache
{
    // One write carries at most about this much, so that a viewer with much to catch up on does not keep the others waiting.
    private const int MaxBytes = 64 * 1024;

    private readonly Made?[] _made = new Made?[4];

    /// <summary>What the viewer at <paramref name="cursor"/> gets next; null if it was not made since the ring last grew.</summary>
    public WriteBatch? TryGet(in Cursor cursor, long end)
    {
        var made = Volatile.Read(ref _made[Slot(cursor.Position)]);
        return made is not null && made.From == cursor.Position && made.RingEnd == end && made.First.IsAfter(cursor.Last) ? made.Batch : null;
    }

    /// <summary>
    /// Makes what the viewer at <paramref name="cursor"/> gets next; null if it has everything. The caller guards the ring.
    /// </summary>
    public WriteBatch? Make(CommentRing ring, KnownRemovals removals, in Cursor cursor)
    {
        var from = cursor.Position;
        if (from < ring.Start) return OverGap(ring, removals, cursor);
        if (from == ring.End) return null;
        if (!ring[from].IsAfter(cursor.Last))
        {
            // It came from a node that was ahead of this one, and has had what comes here only now.
            from = ring.PositionAfter(cursor.Last);
            if (from == ring.End) return new(SsePayload.KeepAlive, 0, from, cursor.Last);
        }

        var to = from + 1;
        var length = ring[from].Event.Length;
        var comments = ring[from].IsComment ? 1 : 0;
        for (; to < ring.End && length + ring[to].Event.Length <= MaxBytes; to++)
        {
            length += ring[to].Event.Length;
            if (ring[to].IsComment) comments++;
        }

        // What was removed has left its place empty, and its removal comes after it: so there is something to send.
        var payload = SsePayload.Create(length, (ring, from, to), static (bytes, range) =>
        {
            for (var position = range.from; position < range.to; position++)
            {
                range.ring[position].Event.CopyTo(bytes);
                bytes = bytes[range.ring[position].Event.Length..];
            }
        });
        var batch = new WriteBatch(payload, comments, to, ring[to - 1].Id);
        Volatile.Write(ref _made[Slot(from)], new(from, ring.End, ring[from], batch));
        return batch;
    }

    /// <summary>Forgets all batches: something in them was removed.</summary>
    public void Clear() => Array.Clear(_made);

    private static int Slot(long position) => (int)(position & 3);

    private static WriteBatch OverGap(CommentRing ring, KnownRemovals removals, in Cursor cursor)
    {
        // What was told early is behind the gap for everybody: it names removals that have had their places.
        var next = Math.Max(ring.Start, Math.Min(ring.PositionOfLast(cursor.Backlog), ring.EarlyStart));
        var before = next < ring.End ? ring[next].First : ring.Last.Successor;
        var removed = removals.RemovedBetween(cursor.Last, before, ring.Last);
        var gap = new Gap(cursor.Last, before, removed is { Count: > 0 } ? removed : null, Reset: removed is null);
        return new(SsePayload.Of(SseEvent.Gap(gap)), 0, next, cursor.Last, IsGap: true);
    }

    private sealed record Made(long From, long RingEnd, CommentRing.Frame First, WriteBatch Batch);
}
