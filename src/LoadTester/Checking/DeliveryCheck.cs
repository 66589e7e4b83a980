namespace LiveComments.LoadTester.Checking;

/// <summary>
/// Follows what one viewer receives, and tells in the end what it lacks: every comment that was posted after the
/// viewer had joined and was acknowledged must have come, once, with rising ids.
/// </summary>
internal sealed class DeliveryCheck(CommentLedger ledger, int video)
{
    private ulong[]? _seen;
    private List<(long After, long Before)>? _gaps;
    private long _lastId;
    private int _joinedAt;
    private int _leftAt = int.MaxValue;
    private int _completeUpTo;

    /// <summary>To be called once the server has accepted the viewer: what is posted from now on must come.</summary>
    public void Join() => _completeUpTo = _joinedAt = ledger.Posted(video);

    /// <summary>To be called when nothing more is expected than what has been posted by now.</summary>
    public void Leave() => _leftAt = ledger.Posted(video);

    /// <summary>Takes a comment of this run.</summary>
    /// <param name="id">The event's id, or 0 if it had none that could be read.</param>
    /// <param name="marker">What the comment says of itself.</param>
    public Delivery Receive(long id, CommentMarker marker)
    {
        if (marker.Video != video || (uint)marker.Sequence >= (uint)ledger.Posted(video)) return Delivery.Astray;
        _seen ??= new ulong[(ledger.Capacity(video) + 63) / 64];
        ref var word = ref _seen[marker.Sequence >> 6];
        var bit = 1UL << marker.Sequence;
        if ((word & bit) != 0) return Delivery.Doubled;
        word |= bit;
        return (marker.Sequence < _joinedAt ? Delivery.BeforeJoin : Delivery.Live) | CheckOrder(id);
    }

    /// <summary>Takes a comment of somebody else, of which only the order is known.</summary>
    public Delivery ReceiveForeign(long id) => CheckOrder(id);

    /// <summary>The server told that the comments between these two ids do not come.</summary>
    public void TellGap(long after, long before) => (_gaps ??= []).Add((after, before));

    /// <summary>Whether all that is expected has come, and every post that it depends on is answered.</summary>
    public bool IsComplete()
    {
        for (var end = Math.Min(_leftAt, ledger.Posted(video)); _completeUpTo < end; _completeUpTo++)
        {
            var outcome = ledger.Outcome(video, _completeUpTo);
            var isSettled = outcome.IsAcknowledged
                ? HasSeen(_completeUpTo) || IsInGap(outcome)
                : outcome != PostResult.Pending;
            if (!isSettled) return false;
        }

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
        for (int sequence = 0, end = Math.Min(_leftAt, ledger.Posted(video)); sequence < end; sequence++)
        {
            var outcome = ledger.Outcome(video, sequence);
            var isSeen = HasSeen(sequence);
            if (isSeen && outcome == PostResult.Refused) tally.RefusedYetDelivered++;

            if (sequence < _joinedAt || !outcome.IsAcknowledged
                || (isCutOff && !isSeen && !outcome.IsBetween(0, _lastId)))
            {
                continue;
            }

            tally.Expected++;
            if (!isSeen && IsInGap(outcome)) tally.InToldGaps++;
            else if (!isSeen) tally.Missing++;
        }

        return tally;
    }

    private Delivery CheckOrder(long id)
    {
        if (id <= _lastId && id > 0) return Delivery.OutOfOrder;
        _lastId = Math.Max(id, _lastId);
        return default;
    }

    private bool HasSeen(int sequence) => _seen is not null && (_seen[sequence >> 6] >> sequence & 1) != 0;

    private bool IsInGap(PostResult outcome) =>
        _gaps is not null && _gaps.Exists(gap => outcome.IsBetween(gap.After, gap.Before));
}
