namespace LiveComments.WebFrontend.Audit;

/// <summary>Hashes of some entries of audits, from which the others are computed. Safe for use by many threads at once.</summary>
internal sealed class HashMarks
{
    // Of all logs together; beyond it all are forgotten and computed again.
    private const int Most = 100_000;

    private static readonly Comparer<Mark> ByEntry = Comparer<Mark>.Create((left, right) => left.Entry.CompareTo(right.Entry));

    private readonly Lock _gate = new();
    private readonly Dictionary<LiveVideoId, SortedSet<Mark>> _marks = [];
    private int _count;

    /// <summary>The nearest mark below an entry; the start of the log if there is none.</summary>
    public Mark Below(LiveVideoId log, CommentId entry)
    {
        lock (_gate)
        {
            return _marks.TryGetValue(log, out var marks)
                && marks.GetViewBetween(new(CommentId.None, []), new(new(entry.Value - 1), [])).Max is { Hash: not null } mark
                ? mark
                : StartOf(log);
        }
    }

    /// <summary>What precedes the first entry of a log.</summary>
    public static Mark StartOf(LiveVideoId log) => new(CommentId.None, AuditHash.Start(AuditHash.NameOf(log)));

    /// <summary>Remembers a mark.</summary>
    public void Add(LiveVideoId log, Mark mark)
    {
        lock (_gate)
        {
            if (_count >= Most)
            {
                _marks.Clear();
                _count = 0;
            }

            if (!_marks.TryGetValue(log, out var marks)) _marks[log] = marks = new(ByEntry);
            if (marks.Add(mark)) _count++;
        }
    }

    /// <summary>The hash of an entry.</summary>
    internal readonly record struct Mark(CommentId Entry, byte[] Hash);
}
