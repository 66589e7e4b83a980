namespace LiveComments.Firehose;

/// <summary>A run of a log in its order.</summary>
/// <param name="Entries">The entries, oldest first. What was erased is not among them.</param>
/// <param name="UpTo">The log has no other entries up to this id.</param>
/// <param name="AtEnd">Whether that is the end of the log.</param>
internal sealed record LogRun(IReadOnlyList<LogEntry> Entries, CommentId UpTo, bool AtEnd);

/// <summary>
/// Reads one log forward, which stores read from the end only. Near the end one read has it all; far behind it looks for a stretch of ids
/// that fits into a read, and remembers how long that was.
/// </summary>
internal sealed class ForwardReader(ICommentStore store, LiveVideoId log)
{
    private long _span;

    /// <summary>Reads what follows on an id: about so many entries.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task<LogRun> ReadAsync(CommentId after, int limit)
    {
        if (_span == 0)
        {
            var whole = await store.ReadBeforeAsync(log, CommentId.Max, limit).ConfigureAwait(false);
            if (whole.Start <= after) return new(After(whole, after), Later(after, whole.AsOf), AtEnd: true);
            _span = Math.Max(1, (whole.AsOf.Value - after.Value) / 2);
        }

        for (var from = after; ;)
        {
            var before = new CommentId(from.Value > long.MaxValue - 1 - _span ? long.MaxValue : from.Value + _span + 1);
            var stretch = await store.ReadBeforeAsync(log, before, limit).ConfigureAwait(false);
            if (stretch.Start > from && _span > 1)
            {
                _span /= 2;
                continue;
            }

            var entries = After(stretch, from);
            var atEnd = stretch.AsOf < before;
            var upTo = atEnd ? Later(from, stretch.AsOf) : new(before.Value - 1);
            // Ids carry the time: a quiet night is a long stretch without any.
            _span = atEnd ? 0 : entries.Count <= limit / 2 ? Math.Min(_span * 2, long.MaxValue / 4) : _span;
            if (entries.Count > 0 || atEnd) return new(entries, upTo, atEnd);
            from = upTo;
        }
    }

    private static List<LogEntry> After(LogStretch stretch, CommentId after) =>
    [
        .. stretch.Comments.Where(comment => comment.Id > after).Select(comment => new LogEntry(comment, null))
            .Concat(stretch.Removals.Where(removal => removal.Id > after).Select(removal => new LogEntry(removal)))
            .OrderBy(entry => entry.Id.Value),
    ];

    private static CommentId Later(CommentId one, CommentId other) => one > other ? one : other;
}
