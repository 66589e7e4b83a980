namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// Who of the viewers of one stream here had been sent comments that were removed, and who was told since. It is opened while nobody can
/// have been told, and closes when nobody is left who was not, or after a while. Safe for use by many threads at once.
/// </summary>
internal sealed class RemovalReceipt
{
    private readonly long _told;
    private readonly TimeProvider _time;
    private readonly ReceiptTimes? _times;
    private readonly List<Guid> _edges = [];
    private readonly int _otherRelays;
    private volatile Viewer?[] _expected;
    private int _wereTold;
    private int _left;

    /// <summary>Opens one.</summary>
    /// <param name="removal">The id of the removal; it carries the time from which on is counted.</param>
    /// <param name="told">The position of the event that tells of it.</param>
    /// <param name="viewers">The viewers now, by their slots.</param>
    /// <param name="positions">The positions of the comments, rising; none if none of them is here.</param>
    /// <param name="time">The clock.</param>
    public RemovalReceipt(CommentId removal, long told, Viewer?[] viewers, IReadOnlyList<long> positions, TimeProvider time)
    {
        (Removal, _told, _time) = (removal, told, time);
        Viewer?[]? expected = null;
        for (var slot = 0; slot < viewers.Length; slot++)
        {
            if (viewers[slot] is not { } viewer) continue;
            if (viewer.IsRelay)
            {
                // Whatever this stream of it has brought: it may have had the comments from another one, or from pages.
                if (viewer.Edge is { } edge) _edges.Add(edge);
                else _otherRelays++;
                continue;
            }

            if (!WasSentAny(viewer, positions)) continue;
            (expected ??= new Viewer?[viewers.Length])[slot] = viewer;
            WereSent++;
        }

        if (expected is not null) _times = new();
        _expected = expected ?? [];
    }

    /// <summary>The id of the removal.</summary>
    public CommentId Removal { get; }

    /// <summary>How many had been sent one of the comments at least.</summary>
    public int WereSent { get; }

    /// <summary>The edges that follow, by the ids that they gave themselves; they count their viewers themselves.</summary>
    public IReadOnlyList<Guid> Edges => _edges;

    /// <summary>How many of those were told.</summary>
    public int Told => Volatile.Read(ref _wereTold);

    /// <summary>How many of those were not told yet, and are connected.</summary>
    public int NotYet => WereSent - Told - Left;

    /// <summary>How many of those have left before they were told.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>Whether all were told, or have left.</summary>
    public bool IsComplete => NotYet == 0;

    /// <summary>The viewers, and the edges that do not say who they are.</summary>
    public ReceiptShare Share
    {
        get
        {
            // What is counted meanwhile is in the next one: never more told than times, nor more than there are.
            var (told, left) = (Told, Left);
            return new() { WereSent = WereSent, Told = told, Left = left, Relays = _otherRelays, Times = _times?.ToPairs() ?? [] };
        }
    }

    /// <summary>Takes note of how far a viewer was written to.</summary>
    public void OnWritten(Viewer viewer)
    {
        if (viewer.Position <= _told || !TryTake(viewer.Slot, viewer)) return;
        _times!.Add(_time.GetUtcNow() - Removal.CreatedAt);
        Interlocked.Increment(ref _wereTold);
    }

    /// <summary>Takes note that a viewer has left.</summary>
    public void OnLeft(int slot, Viewer viewer)
    {
        if (TryTake(slot, viewer)) Interlocked.Increment(ref _left);
    }

    /// <summary>Takes note of all who have left while it was opened.</summary>
    public void CheckWhoLeft(Viewer?[] viewers)
    {
        var expected = _expected;
        for (var slot = 0; slot < expected.Length; slot++)
            if (expected[slot] is { } viewer && viewers[slot] != viewer) OnLeft(slot, viewer);
    }

    /// <summary>Waits for nobody any more: who was not told stays so.</summary>
    public void Close() => _expected = [];

    private bool TryTake(int slot, Viewer viewer)
    {
        var expected = _expected;
        return (uint)slot < (uint)expected.Length
            && ReferenceEquals(Interlocked.CompareExchange(ref expected[slot], null, viewer), viewer);
    }

    private static bool WasSentAny(Viewer viewer, IReadOnlyList<long> positions)
    {
        var (from, upTo) = (viewer.SentFrom, viewer.SentUpTo);
        if (positions.Count == 0 || positions[0] >= upTo || positions[^1] < from) return false;
        foreach (var position in positions)
            if (position >= from) return position < upTo;
        return false;
    }
}
