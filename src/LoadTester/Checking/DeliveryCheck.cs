namespace LiveComments.LoadTester.Checking;

/// <summary>
/// Follows what one viewer receives, and tells in the end what it lacks: every comment that was posted after the
/// viewer had joined and was acknowledged must have come, once, with rising ids; and if it was removed then, the removal, too.
/// </summary>
internal sealed class DeliveryCheck(CommentLedger ledger, CommentFinder finder, int video)
{
    private RemovalCheck? _removals;
    private ulong[]? _seen;
    private List<(long After, long Before)>? _gaps;
    private long _lastId;
    private int _joinedAt;
    private int _leftAt = int.MaxValue;
    private long _leftTime = long.MaxValue;
    private int _completeUpTo;
    private int _removalsCompleteUpTo;

    /// <summary>To be called once the server has accepted the viewer: what is posted from now on must come.</summary>
    public void Join() => _completeUpTo = _joinedAt = ledger.Posted(video);

    /// <summary>To be called when nothing more is expected than what has been posted by now.</summary>
    /// <param name="now">The time: nor is more expected than the removals acknowledged by now.</param>
    public void Leave(long now) => (_leftAt, _leftTime) = (ledger.Posted(video), now);

    /// <summary>Takes a comment of this run.</summary>
    /// <param name="id">The event's id, or 0 if it had none that could be read.</param>
    /// <param name="marker">What the comment says of itself.</param>
    /// <param name="data">All of its data; looked into only if it should not have come.</param>
    public Delivery Receive(long id, CommentMarker marker, ReadOnlySpan<byte> data = default)
    {
        if (marker.Video != video || (uint)marker.Sequence >= (uint)ledger.Posted(video)) return Delivery.Astray;
        _seen ??= new ulong[(ledger.Capacity(video) + 63) / 64];
        ref var word = ref _seen[marker.Sequence >> 6];
        var bit = 1UL << marker.Sequence;
        if ((word & bit) != 0) return IsRemoved(marker.Sequence, id, data) ? Delivery.Resurrected : Delivery.Doubled;
        word |= bit;
        var order = CheckOrder(id);
        if (order != default && IsRemoved(marker.Sequence, id, data)) return Delivery.Resurrected;
        return (marker.Sequence < _joinedAt ? Delivery.BeforeJoin : Delivery.Live) | order;
    }

    /// <summary>Takes a comment of somebody else, of which only the order and the removal are known.</summary>
    public Delivery ReceiveForeign(long id, ReadOnlySpan<byte> data = default)
    {
        var order = CheckOrder(id);
        return order != default && IsRemoved(-1, id, data) ? Delivery.Resurrected : order;
    }

    /// <summary>Takes a removal: it is doubled, out of order, or neither.</summary>
    /// <param name="id">The event's id, or 0 if it had none that could be read.</param>
    /// <param name="removal">What is removed.</param>
    /// <param name="now">When it was told; 0 if that does not count.</param>
    public Delivery ReceiveRemoval(long id, ToldRemoval removal, long now = 0)
    {
        _removals ??= new(ledger, finder, video);
        if (!_removals.Tell(removal, _joinedAt, _seen, now)) return Delivery.Doubled;
        return CheckOrder(id);
    }

    /// <summary>The server told what does not come, and what was removed there.</summary>
    /// <param name="gap">What it told.</param>
    /// <param name="now">When it did; 0 if that does not count.</param>
    public void TellGap(Gap gap, long now = 0)
    {
        (_gaps ??= []).Add((gap.After, gap.Before));
        if (gap.Removed is null && !gap.Reset) return;
        _removals ??= new(ledger, finder, video);
        if (gap.Removed is { } removed) _removals.Tell(removed, _joinedAt, _seen, now);
        if (gap.Reset) _removals.Forget(gap.After);
    }

    /// <summary>Whether all that is expected has come, and every post that it depends on is answered.</summary>
    public bool IsComplete()
    {
        for (var end = Math.Min(_leftAt, ledger.Posted(video)); _completeUpTo < end; _completeUpTo++)
        {
            var outcome = ledger.Outcome(video, _completeUpTo);
            var isSettled = outcome.IsAcknowledged
                ? HasSeen(_completeUpTo) || IsInGap(outcome) || MayBeRemoved(_completeUpTo, outcome)
                : outcome != PostResult.Pending;
            if (!isSettled) return false;
        }

        if (!ledger.HasRemovals(video)) return true;
        for (var end = Math.Min(_leftAt, ledger.Posted(video)); _removalsCompleteUpTo < end; _removalsCompleteUpTo++)
            if (IsRemovalExpected(_removalsCompleteUpTo) && !IsRemovalTold(_removalsCompleteUpTo)) return false;

        return true;
    }

    /// <summary>Counts what was expected and what of it did not come. To be called once, at the end.</summary>
    /// <param name="isCutOff">
    /// The stream ended before the viewer left, so what was on its way then is not expected: only what lies before
    /// the last comment received.
    /// </param>
    public DeliveryTally Tally(bool isCutOff)
    {
        var tally = new DeliveryTally();
        var hasRemovals = ledger.HasRemovals(video);
        for (int sequence = 0, end = Math.Min(_leftAt, ledger.Posted(video)); sequence < end; sequence++)
        {
            var outcome = ledger.Outcome(video, sequence);
            var isSeen = HasSeen(sequence);
            if (isSeen && outcome == PostResult.Refused) tally.RefusedYetDelivered++;
            // Where a removal stands among the comments is not known before it comes.
            if (hasRemovals && !isCutOff && IsRemovalExpected(sequence))
            {
                tally.RemovalsExpected++;
                tally.RemovalsMissing += IsRemovalTold(sequence) ? 0 : 1;
            }

            if (sequence < _joinedAt || !outcome.IsAcknowledged
                || (isCutOff && !isSeen && !outcome.IsBetween(0, _lastId)))
            {
                continue;
            }

            tally.Expected++;
            if (isSeen) continue;
            if (IsInGap(outcome)) tally.InToldGaps++;
            else if (MayBeRemoved(sequence, outcome)) tally.RemovedUnsent++;
            else tally.Missing++;
        }

        return tally;
    }

    private Delivery CheckOrder(long id)
    {
        if (id <= _lastId && id > 0) return Delivery.OutOfOrder;
        _lastId = Math.Max(id, _lastId);
        return default;
    }

    private bool IsRemoved(int sequence, long id, ReadOnlySpan<byte> data) => _removals?.IsRemoved(sequence, id, data) == true;

    private bool IsRemovalExpected(int sequence) => HasSeen(sequence) && ledger.Removal(video, sequence).IsAcknowledgedBy(_leftTime);

    private bool IsRemovalTold(int sequence) => _removals?.IsTold(sequence, ledger.Outcome(video, sequence)) == true;

    /// <summary>Whether a comment that did not come may have been removed before it could.</summary>
    private bool MayBeRemoved(int sequence, PostResult outcome) =>
        _removals?.IsTold(sequence, outcome) == true
        || (ledger.HasRemovals(video) && ledger.Removal(video, sequence) != RemovalResult.None);

    private bool HasSeen(int sequence) => _seen is not null && (_seen[sequence >> 6] >> sequence & 1) != 0;

    private bool IsInGap(PostResult outcome) =>
        _gaps is not null && _gaps.Exists(gap => outcome.IsBetween(gap.After, gap.Before));
}
