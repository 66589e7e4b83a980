namespace LiveComments.WebFrontend.Streaming;

/// <summary>
/// Makes the chunks of one ring and keeps the last few: in a sweep, or a storm of joins, almost every viewer is at a place where
/// another one was just before.
/// </summary>
internal sealed class ChunkMaker
{
    // One write carries at most about this much, so that a viewer with much to catch up on does not keep the others waiting.
    private const int MaxBytes = 64 * 1024;

    private readonly Made?[] _made = new Made?[4];

    /// <summary>The chunk from <paramref name="position"/> on, where it was made since the ring last ended elsewhere.</summary>
    public Chunk? TryGet(long position, long end)
    {
        var made = Volatile.Read(ref _made[Slot(position)]);
        return made is not null && made.From == position && made.RingEnd == end ? made.Chunk : null;
    }

    /// <summary>Makes what <paramref name="viewer"/> gets next; null where it has everything. The caller guards the ring.</summary>
    public Chunk? Make(CommentRing ring, Viewer viewer)
    {
        var from = viewer.Position;
        if (from < ring.Start) return Gap(ring, viewer);
        if (from == ring.End) return null;
        var chunk = Events(ring, from);
        Volatile.Write(ref _made[Slot(from)], new(from, ring.End, chunk));
        return chunk;
    }

    private static int Slot(long position) => (int)(position & 3);

    private static Chunk Gap(CommentRing ring, Viewer viewer)
    {
        var next = Math.Max(ring.Start, ring.End - viewer.Backlog);
        var before = next < ring.End ? ring[next].Id : ring.Last.Successor;
        return new(SseFrame.Gap(viewer.Last, before), 0, next, viewer.Last);
    }

    private static Chunk Events(CommentRing ring, long from)
    {
        var to = from;
        var length = 0;
        while (to < ring.End && (to == from || length + ring[to].Bytes.Length <= MaxBytes)) length += ring[to++].Bytes.Length;
        // A single event is sent as it lies in the ring.
        if (to == from + 1) return new(ring[from].Bytes, 1, to, ring[from].Id);
        var payload = new byte[length];
        var rest = payload.AsSpan();
        for (var position = from; position < to; position++)
        {
            ring[position].Bytes.CopyTo(rest);
            rest = rest[ring[position].Bytes.Length..];
        }

        return new(payload, (int)(to - from), to, ring[to - 1].Id);
    }

    private sealed record Made(long From, long RingEnd, Chunk Chunk);
}
