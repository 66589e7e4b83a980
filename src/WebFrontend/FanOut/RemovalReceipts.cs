namespace LiveComments.WebFrontend.FanOut;

/// <summary>The last receipts of this node, of all videos, in memory. Safe for use by many threads at once.</summary>
internal sealed class RemovalReceipts
{
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<(LiveVideoId Video, RemovalReceipt Receipt)> _receipts = [];

    /// <summary>Keeps a receipt.</summary>
    public void Add(LiveVideoId video, RemovalReceipt receipt)
    {
        lock (_gate)
        {
            _receipts.Enqueue((video.Whole, receipt));
            if (_receipts.Count > Most) _receipts.Dequeue();
        }
    }

    /// <summary>
    /// The receipts of a removal: one for each stream of the video that had viewers, the public one and that of moderators.
    /// </summary>
    public IReadOnlyList<RemovalReceipt> Find(LiveVideoId video, CommentId removal)
    {
        lock (_gate)
            return [.. _receipts.Where(kept => kept.Video == video && kept.Receipt.Removal == removal).Select(kept => kept.Receipt)];
    }
}
