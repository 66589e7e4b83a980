namespace LiveComments.WebFrontend.FanOut;

/// <summary>The receipts of one video here that are open. While there is none, a write to a viewer looks at one field.</summary>
internal sealed class OpenReceipts(LiveVideoId video, ViewerSet viewers, RemovalReceipts kept, TimeProvider time)
{
    // More at once are removals faster than anybody looks at: the oldest is closed as it is.
    private const int Most = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private volatile RemovalReceipt[] _open = [];

    /// <summary>Opens a receipt. Nobody may have been told of the removal yet.</summary>
    /// <param name="removal">The removal.</param>
    /// <param name="positions">The positions of the comments that are here, in any order; at least one.</param>
    /// <param name="told">The position of the event that tells of it.</param>
    public void Open(CommentId removal, List<long> positions, long told)
    {
        positions.Sort();
        var now = viewers.Snapshot();
        var receipt = new RemovalReceipt(removal, told, now, positions, time);
        kept.Add(video, receipt);
        if (receipt.IsComplete) return;
        lock (_gate)
        {
            if (_open.Length == Most) _open[0].Close();
            _open = [.. _open.TakeLast(Most - 1), receipt];
        }

        receipt.CheckWhoLeft(viewers.Snapshot());
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

    private async Task CloseLaterAsync(RemovalReceipt receipt)
    {
        await Task.Delay(Longest, time);
        Close(receipt);
    }

    private void Close(RemovalReceipt receipt)
    {
        receipt.Close();
        lock (_gate) _open = [.. _open.Where(open => open != receipt)];
    }
}
