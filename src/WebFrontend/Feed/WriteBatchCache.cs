using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Wire;
namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// Makes the steps of viewers through one ring and keeps the last few: in a sweep, or a storm of joins, almost every viewer is at a place
/// where another one was just before.
/// </summary>
internal sealed class WriteBatchCache
{
    // One write carries at most about this much, so that a viewer with much to catch up on does not keep the others waiting.
    private const int MaxBytes = 64 * 1024;

    private readonly Made?[] _made = new Made?[4];

    /// <summary>The step from <paramref name="position"/> on, where it was made since the ring last ended elsewhere.</summary>
    public WriteBatch? TryGet(long position, long end)
    {
        var made = Volatile.Read(ref _made[Slot(position)]);
        return made is not null && made.From == position && made.RingEnd == end ? made.WriteBatch : null;
    }

    /// <summary>Makes what <paramref name="viewer"/> gets next; null where it has everything. The caller guards the ring.</summary>
    public WriteBatch? Make(CommentRing ring, Viewer viewer)
    {
        var from = viewer.Position;
        if (from < ring.Start) return OverGap(ring, viewer);
        if (from == ring.End) return null;
        var to = from + 1;
        for (var bytes = ring[from].Event.Length; to < ring.End && (bytes += ring[to].Event.Length) <= MaxBytes;) to++;
        var step = new WriteBatch(SsePayload.Of(ring, from, to), (int)(to - from), to, ring[to - 1].Id);
        Volatile.Write(ref _made[Slot(from)], new(from, ring.End, step));
        return step;
    }

    private static int Slot(long position) => (int)(position & 3);

    private static WriteBatch OverGap(CommentRing ring, Viewer viewer)
    {
        var next = Math.Max(ring.Start, ring.End - viewer.Backlog);
        var before = next < ring.End ? ring[next].Id : ring.Last.Successor;
        return new(SsePayload.Of(SseEvent.Gap(viewer.Last, before)), 0, next, viewer.Last);
    }

    private sealed record Made(long From, long RingEnd, WriteBatch WriteBatch);
}
