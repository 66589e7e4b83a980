namespace LiveComments.LoadTester.Checking;

/// <summary>
/// Follows which removals one viewer is told of. It takes room only once there are any. Comments are looked up here only where they are out
/// of order, for a comment has a lower id than its removal.
/// </summary>
internal sealed class RemovalCheck(CommentLedger ledger, CommentFinder finder, int video)
{
    private ulong[]? _told;
    // Comments of somebody else, and those that were removed before their post was answered.
    private List<long>? _others;
    private List<RemovedRange>? _ranges;
    private long _forgottenUpTo;

    /// <summary>Takes a removal. False if nothing in it is new to the viewer.</summary>
    /// <param name="removal">The removal.</param>
    /// <param name="joinedAt">From which sequence number on the viewer was there.</param>
    /// <param name="seen">The comments that the viewer was sent; null if there are none.</param>
    /// <param name="now">When it was told; 0 if that does not count.</param>
    public bool Tell(ToldRemoval removal, int joinedAt, ulong[]? seen, long now)
    {
        if (removal.Ids is { } ids) return Tell(ids, joinedAt, seen, now);
        var range = new RemovedRange(removal.From, removal.To, removal.AuthorId);
        if (_ranges?.Contains(range) == true) return false;
        (_ranges ??= []).Add(range);
        return true;
    }

    /// <summary>Takes the ids of removed comments. False if none of them is new to the viewer.</summary>
    public bool Tell(IReadOnlyList<long> ids, int joinedAt, ulong[]? seen, long now)
    {
        var isNew = false;
        foreach (var id in ids)
        {
            var sequence = finder.Find(video, id);
            if (sequence < 0)
            {
                if (_others?.Contains(id) == true) continue;
                (_others ??= []).Add(id);
                isNew = true;
            }
            else if (!Has(_told, sequence))
            {
                _told ??= new ulong[(ledger.Capacity(video) + 63) / 64];
                _told[sequence >> 6] |= 1UL << sequence;
                isNew = true;
                // A viewer that came later is sent old removals, too.
                if (sequence >= joinedAt || Has(seen, sequence)) ledger.TellRemoval(video, sequence, now);
            }
        }

        return isNew;
    }

    /// <summary>The viewer was told to forget all comments up to this id.</summary>
    public void Forget(long upTo) => _forgottenUpTo = Math.Max(upTo, _forgottenUpTo);

    /// <summary>Whether the viewer knows that a comment of this run may not be shown any more.</summary>
    public bool IsTold(int sequence, PostResult outcome) =>
        Has(_told, sequence)
        || (outcome.Value > 0
            && (outcome.Value <= _forgottenUpTo
                || _others?.Contains(outcome.Value) == true
                || _ranges?.Exists(range => range.MayInclude(outcome.Value)) == true));

    /// <summary>Whether the viewer was told of the removal of a comment that comes now.</summary>
    /// <param name="sequence">Its number, or below 0 if it is of somebody else.</param>
    /// <param name="id">Its id.</param>
    /// <param name="data">Its data.</param>
    public bool IsRemoved(int sequence, long id, ReadOnlySpan<byte> data)
    {
        if ((sequence >= 0 && Has(_told, sequence)) || _others?.Contains(id) == true) return true;
        foreach (var range in _ranges ?? [])
            if (range.Includes(id, data)) return true;
        return false;
    }

    private static bool Has(ulong[]? bits, int sequence) => bits is not null && (bits[sequence >> 6] >> sequence & 1) != 0;
}
