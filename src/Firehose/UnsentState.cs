namespace LiveComments.Firehose;

/// <summary>One process holds one log: it sends what follows on a place.</summary>
/// <param name="By">The process; <see cref="Guid.Empty"/> if it has let go.</param>
/// <param name="Position">All up to here was sent.</param>
/// <param name="Since">The entry that says so: of two who hold a log the later one sends.</param>
internal sealed record Holding(Guid By, CommentId Position, CommentId Since);

/// <summary>
/// Who holds which logs, as a part of the list says: the same in all processes that have read up to the same entry. It is used by one thread
/// at a time.
/// </summary>
internal sealed class UnsentState
{
    private readonly Dictionary<string, List<Holding>> _holdings = [];

    /// <summary>All that is held.</summary>
    public IEnumerable<(string Log, Holding Holding)> All =>
        _holdings.SelectMany(pair => pair.Value.Select(holding => (pair.Key, holding)));

    /// <summary>Who holds a log.</summary>
    public IReadOnlyList<Holding> Of(string log) => _holdings.GetValueOrDefault(log) ?? [];

    /// <summary>Forgets all.</summary>
    public void Clear() => _holdings.Clear();

    /// <summary>Takes note of a change that a process has written.</summary>
    public void Apply(Guid by, CommentId entry, UnsentChange change)
    {
        var known = _holdings.GetValueOrDefault(change.Log) ?? [];
        var own = known.Find(holding => holding.By == by);
        var position = new CommentId(change.Position);
        switch (change.Kind)
        {
            // What others have not sent yet comes before what this one is about to append.
            case UnsentKind.Hold:
                Set(new(by, known.Aggregate(position, (least, other) => other.Position < least ? other.Position : least), entry));
                break;
            case UnsentKind.Sent when own is not null && position > own.Position:
                Set(own with { Position = position });
                break;
            case UnsentKind.Done:
                Remove(by);
                break;
            case UnsentKind.Take when known.Find(holding => holding.By == change.Of) is { } left:
                Remove(left.By);
                Set(new(by, own is not null && own.Position < left.Position ? own.Position : left.Position, entry));
                break;
            case UnsentKind.LetGo when own is not null:
                Remove(by);
                Set(own with { By = Guid.Empty });
                break;
            case UnsentKind.Kept:
                Set(new(change.Of, position, new(change.Since)));
                break;
        }

        if (known.Count == 0) _holdings.Remove(change.Log);
        else _holdings[change.Log] = known;

        void Set(Holding holding)
        {
            // One who let go may have left it there before.
            if (change.Kind == UnsentKind.LetGo
                && known.Find(other => other.By == holding.By) is { } before
                && before.Position < holding.Position)
                holding = holding with { Position = before.Position };
            Remove(holding.By);
            known.Add(holding);
        }

        void Remove(Guid holder) => known.RemoveAll(holding => holding.By == holder);
    }
}
