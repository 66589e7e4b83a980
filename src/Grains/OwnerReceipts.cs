using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains;

/// <summary>
/// Adds up the receipts of one video's removals: asks the frontends that followed when they were told, and keeps what edges report. It is
/// used in the turns of the video's grain alone, and knows the last removals since that began.
/// </summary>
internal sealed class OwnerReceipts(LiveVideoId video, TimeSpan lease, TimeProvider time)
{
    private const int MostRemovals = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CommentId _since = CommentId.At(time.GetUtcNow());
    private readonly long _begun = time.GetTimestamp();
    private readonly Dictionary<Guid, (IFrontendObserver Frontend, long Seen)> _followers = [];
    private readonly Dictionary<CommentId, Told> _told = [];
    private readonly Queue<CommentId> _order = [];
    private readonly EdgeReports _reports = new(MostRemovals);

    /// <summary>Takes note that a frontend begins to follow or goes on, and which entry it had last.</summary>
    public void Follows(Guid subscription, IFrontendObserver frontend, CommentId? after)
    {
        _followers[subscription] = (frontend, time.GetTimestamp());
        if (after is not { } last) return;
        // It followed another owner, or had lost this one: it is told of these only now.
        foreach (var (removal, told) in _told)
            if (removal > last) told.Frontends.Add(frontend);
    }

    /// <summary>Takes note that a frontend has ended a subscription: it has no viewers any more.</summary>
    public void Unfollows(Guid subscription) => _followers.Remove(subscription);

    /// <summary>Takes note of removals that all are told of now.</summary>
    public void Note(CommentBatch batch)
    {
        foreach (var removal in batch.Removals.Concat(batch.Early))
        {
            if (_told.ContainsKey(removal.Id)) continue;
            var first = removal.Removed.Ids is { } ids ? ids.Min() : removal.Removed.From!.Value;
            _told[removal.Id] = new(first, Followers());
            _order.Enqueue(removal.Id);
            if (_order.Count > MostRemovals) _told.Remove(_order.Dequeue());
        }
    }

    /// <summary>Keeps what an edge says.</summary>
    public void Report(EdgeReport report) => _reports.Add(video, report);

    /// <summary>Asks all frontends that were to be told; those that do not answer in time are missing.</summary>
    public async Task<ReceiptSum> ReadAsync(CommentId removal)
    {
        var told = _told.GetValueOrDefault(removal);
        var answers = await Task.WhenAll((told?.Frontends ?? Followers()).Select(frontend => AskAsync(frontend, removal)));
        NodeReceipt[] nodes = [.. answers.OfType<NodeReceipt>()];
        return ReceiptSum.Of(nodes, answers.Length - nodes.Length, _reports.Find(video, removal), told is not null && HasAll(told));
    }

    /// <summary>
    /// Whether all frontends are known that may have had the comments: those of an earlier owner come back within their lease.
    /// </summary>
    private bool HasAll(Told told) => told.First >= _since || time.GetElapsedTime(_begun) >= lease;

    private async Task<NodeReceipt?> AskAsync(IFrontendObserver frontend, CommentId removal)
    {
        try
        {
            return await frontend.ReadReceiptAsync(video.ToString(), removal).WaitAsync(Patience, time);
        }
        catch (Exception)
        {
            // Whatever it is, also that it is of a version that cannot be asked: the answer says that it is missing.
            return null;
        }
    }

    /// <summary>
    /// The frontends that follow, and those that did a moment ago and have not said that they have ended: they may be back any time.
    /// </summary>
    private HashSet<IFrontendObserver> Followers()
    {
        foreach (var (id, follower) in _followers.ToList())
            if (time.GetElapsedTime(follower.Seen) > 2 * lease) _followers.Remove(id);
        return [.. _followers.Values.Select(follower => follower.Frontend)];
    }

    /// <summary>A removal that frontends were told of.</summary>
    private sealed record Told(CommentId First, HashSet<IFrontendObserver> Frontends);
}
