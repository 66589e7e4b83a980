namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// The receipts of the last removals that came to this node, of all videos, in memory. Safe for use by many threads at once.
/// </summary>
internal sealed class RemovalReceipts(TimeProvider time) : INodeReceipts
{
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(LiveVideoId Video, CommentId Removal), List<(LiveVideoId Stream, RemovalReceipt Receipt)>> _receipts = [];
    private readonly Queue<(LiveVideoId Video, CommentId Removal)> _order = [];
    private readonly Dictionary<LiveVideoId, List<OpenReceipts>> _streams = [];

    // What came before this process, or so long ago, is not known any more.
    private CommentId _forgotten = new(CommentId.At(time.GetUtcNow()).Value - 1);

    /// <inheritdoc/>
    public event Action<LiveVideoId, CommentId>? Opened;

    /// <summary>Asks a stream from now on how far it is.</summary>
    public void Follow(OpenReceipts stream)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(stream.Stream.Whole, out var streams)) _streams[stream.Stream.Whole] = streams = [];
            streams.Add(stream);
        }
    }

    /// <summary>Asks a stream no more: it has no viewers.</summary>
    public void Unfollow(OpenReceipts stream)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(stream.Stream.Whole, out var streams)) return;
            streams.Remove(stream);
            if (streams.Count == 0) _streams.Remove(stream.Stream.Whole);
        }
    }

    /// <summary>Keeps a receipt; false if the stream has one of this removal.</summary>
    public bool TryAdd(LiveVideoId stream, RemovalReceipt receipt)
    {
        var key = (stream.Whole, receipt.Removal);
        lock (_gate)
        {
            if (!_receipts.TryGetValue(key, out var receipts))
            {
                _receipts[key] = receipts = [];
                _order.Enqueue(key);
                if (_order.Count > Most) Forget(_order.Dequeue());
            }

            if (receipts.Exists(known => known.Stream == stream)) return false;
            receipts.Add((stream, receipt));
        }

        Opened?.Invoke(stream.Whole, receipt.Removal);
        return true;
    }

    /// <summary>
    /// The receipts of a removal: one for each stream of the video that had viewers, the public one and that of moderators.
    /// </summary>
    public IReadOnlyList<RemovalReceipt> ReceiptsOf(LiveVideoId video, CommentId removal)
    {
        lock (_gate)
            return _receipts.TryGetValue((video, removal), out var found) ? [.. found.Select(kept => kept.Receipt)] : [];
    }

    /// <inheritdoc/>
    public NodeReceipt Find(LiveVideoId liveVideoId, CommentId removal)
    {
        OpenReceipts[] streams;
        lock (_gate) streams = _streams.TryGetValue(liveVideoId, out var open) ? [.. open] : [];
        // A stream holds its own lock where it opens a receipt here, so it is asked outside of ours; and first, so that what it has
        // come to is found.
        List<LiveVideoId> behind = [.. streams.Where(stream => !stream.HasCome(removal)).Select(stream => stream.Stream)];
        lock (_gate)
        {
            var found = _receipts.GetValueOrDefault((liveVideoId, removal)) ?? [];
            // Of a removal that was told before its place there is a receipt before the stream has come to it.
            var isWhole = behind.TrueForAll(stream => found.Exists(kept => kept.Stream == stream))
                && (found.Count > 0 || removal > _forgotten);
            return new(
                found.Aggregate(ReceiptShare.None, (sum, kept) => sum + kept.Receipt.Share),
                [.. found.SelectMany(kept => kept.Receipt.Edges).Distinct()],
                isWhole);
        }
    }

    private void Forget((LiveVideoId Video, CommentId Removal) key)
    {
        _receipts.Remove(key);
        if (key.Removal > _forgotten) _forgotten = key.Removal;
    }
}
