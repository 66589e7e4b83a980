using LiveComments.WebFrontend.Wire;
namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// Makes what viewers of one ring get in a write, and keeps the last few: in a broadcast, or if many viewers join together, almost every viewer
/// is at a position at which another one was just before.
/// </summary>
internal sealed class WriteBatchCache
{
    // One write carries at most about this much, so that a viewer with much to catch up on does not keep the others waiting.
    private const int MaxBytes = 64 * 1024;

    private readonly Made?[] _made = new Made?[4];

    /// <summary>The batch from <paramref name="position"/> on; null if none was made since the ring last grew.</summary>
    public WriteBatch? TryGet(long position, long end)
    {
        var made = Volatile.Read(ref _made[Slot(position)]);
        return made is not null && made.From == position && made.RingEnd == end ? made.Batch : null;
    }

    /// <summary>Makes what the viewer at <paramref name="cursor"/> gets next; null where it has everything. The caller guards the ring.</summary>
    public WriteBatch? Make(CommentRing ring, in Cursor cursor)
    {
        var from = cursor.Position;
        if (from < ring.Start) return OverGap(ring, cursor);
        if (from == ring.End) return null;
        var to = from + 1;
        var length = ring[from].Event.Length;
        for (; to < ring.End && length + ring[to].Event.Length <= MaxBytes; to++) length += ring[to].Event.Length;
        var payload = SsePayload.Create(length, (ring, from, to), static (bytes, range) =>
        {
            for (var position = range.from; position < range.to; position++)
            {
                range.ring[position].Event.CopyTo(bytes);
                bytes = bytes[range.ring[position].Event.Length..];
            }
        });
        var batch = new WriteBatch(payload, (int)(to - from), to, ring[to - 1].Id);
        Volatile.Write(ref _made[Slot(from)], new(from, ring.End, batch));
        return batch;
    }

    private static int Slot(long position) => (int)(position & 3);

    private static WriteBatch OverGap(CommentRing ring, in Cursor cursor)
    {
        var next = Math.Max(ring.Start, ring.End - cursor.Backlog);
        var before = next < ring.End ? ring[next].Id : ring.Last.Successor;
        return new(SsePayload.Of(SseEvent.Gap(cursor.Last, before)), 0, next, cursor.Last);
    }

    private sealed record Made(long From, long RingEnd, WriteBatch Batch);
}
