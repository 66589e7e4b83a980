namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// The receipts of one stream of a video here that are open. While there is none, a write to a viewer looks at one field. Dispose of it
/// when the stream has no viewers any more.
/// </summary>
internal sealed class OpenReceipts : IDisposable
{
    // More at once are removals faster than anybody looks at: the oldest is closed as it is.
    private const int Most = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly ViewerSet _viewers;
    private readonly RemovalReceipts _kept;
    private readonly Func<CommentId, bool> _hasCome;
    private readonly TimeProvider _time;
    private volatile RemovalReceipt[] _open = [];

    /// <summary>Makes it, and lets it be asked from now on.</summary>
    /// <param name="stream">The video, or the view of it that moderators have.</param>
    /// <param name="viewers">The viewers of the stream.</param>
    /// <param name="kept">Where receipts are kept.</param>
    /// <param name="hasCome">Whether the stream has come to this entry.</param>
    /// <param name="time">The clock.</param>
    public OpenReceipts(LiveVideoId stream, ViewerSet viewers, RemovalReceipts kept, Func<CommentId, bool> hasCome, TimeProvider time)
    {
        (Stream, _viewers, _kept, _hasCome, _time) = (stream, viewers, kept, hasCome, time);
        kept.Follow(this);
    }

    /// <summary>The video, or the view of it that moderators have.</summary>
    public LiveVideoId Stream { get; }

    /// <summary>Whether the stream has come to this entry: a removal among those before it has a receipt.</summary>
    public bool HasCome(CommentId entry) => _hasCome(entry);

    /// <summary>Opens a receipt, unless the removal has one. Nobody may have been told of the removal yet.</summary>
    /// <param name="removal">The removal.</param>
    /// <param name="positions">The positions of the comments that are here, in any order.</param>
    /// <param name="told">The position of the event that tells of it.</param>
    public void Open(CommentId removal, List<long> positions, long told)
    {
        positions.Sort();
        var receipt = new RemovalReceipt(removal, told, _viewers.Snapshot(), positions, _time);
        if (!_kept.TryAdd(Stream, receipt)) return;
        if (receipt.IsComplete) return;
        lock (_gate)
        {
            if (_open.Length == Most) _open[0].Close();
            _open = [.. _open.TakeLast(Most - 1), receipt];
        }

        receipt.CheckWhoLeft(_viewers.Snapshot());
        _ = CloseLaterAsync(receipt);
    }

    /// <summary>Takes note of how far a viewer was written to.</summary>
    public void OnWritten(Viewer viewer)
    {
        foreach (var receipt in _open)
        {
            receipt.OnWritten(viewer);
            if (receipt.IsComplete) Close(receipt);
        }
    }

    /// <summary>Takes note that a viewer has left its slot.</summary>
    public void OnLeft(int slot, Viewer viewer)
    {
        foreach (var receipt in _open)
        {
            receipt.OnLeft(slot, viewer);
            if (receipt.IsComplete) Close(receipt);
        }
    }

    /// <summary>Is asked no more; what it has kept stays.</summary>
    public void Dispose() => _kept.Unfollow(this);

    private async Task CloseLaterAsync(RemovalReceipt receipt)
    {
        await Task.Delay(Longest, _time);
        Close(receipt);
    }

    private void Close(RemovalReceipt receipt)
    {
        receipt.Close();
        lock (_gate) _open = [.. _open.Where(open => open != receipt)];
    }
}
