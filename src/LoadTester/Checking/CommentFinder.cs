namespace LiveComments.LoadTester.Checking;

/// <summary>
/// Finds the comments of a ledger by their ids. All viewers of a video are told of the same removals, so what was found is kept. For use by
/// one thread.
/// </summary>
internal sealed class CommentFinder(CommentLedger ledger)
{
    private const int NotFound = -1;

    private readonly Dictionary<(int Video, long Id), int> _found = [];

    /// <summary>The sequence number of a comment; below 0 if it is of somebody else, or its post was not answered yet.</summary>
    public int Find(int video, long id)
    {
        if (_found.TryGetValue((video, id), out var sequence)) return sequence;
        sequence = ledger.Posted(video) - 1;
        // Most comments that are removed are new.
        while (sequence > NotFound && ledger.Outcome(video, sequence).Value != id) sequence--;
        _found.Add((video, id), sequence);
        return sequence;
    }
}
