namespace LiveComments.WebFrontend.Audit;

/// <summary>An entry of an audit, with its hash.</summary>
/// <param name="Entry">The entry as the log has it.</param>
/// <param name="Hash">Its hash, and so that of all before it: see <see cref="AuditHash"/>.</param>
internal sealed record ChainedEntry(Comment Entry, byte[] Hash);

/// <summary>
/// Reads audits with the hashes of their entries. Hashes are not kept in the log: they are computed from the oldest entry on, and a few of
/// them remembered, from which it goes on.
/// </summary>
internal sealed class AuditChains(ILiveVideoReader videos)
{
    private const int Page = 500;

    private readonly HashMarks _marks = new();

    /// <summary>Reads up to <paramref name="limit"/> entries with ids below <paramref name="before"/>, newest first.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    public async Task<(IReadOnlyList<ChainedEntry> Entries, CommentId? NextCursor)> ReadAsync(LiveVideoId log, CommentId before, int limit)
    {
        var page = await videos.ReadAsync(log, before, limit);
        if (page.Comments is not [var newest, ..]) return ([], null);
        var oldest = page.Comments[^1].Id;
        var entries = new List<ChainedEntry>(page.Comments.Count);
        await foreach (var entry in ReadAfterAsync(log, _marks.Below(log, oldest), newest.Id.Successor))
            if (entry.Entry.Id >= oldest) entries.Add(entry);
        entries.Reverse();
        return (entries, page.NextCursor);
    }

    /// <summary>Reads all entries, oldest first, and trusts no hash that was computed before.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    public IAsyncEnumerable<ChainedEntry> ReadAllAsync(LiveVideoId log) => ReadAfterAsync(log, HashMarks.StartOf(log), CommentId.Max);

    private async IAsyncEnumerable<ChainedEntry> ReadAfterAsync(LiveVideoId log, HashMarks.Mark mark, CommentId before)
    {
        // Logs are read backwards: find where the pages begin, then go through them from the oldest on.
        var page = await videos.ReadAsync(log, before, Page);
        if (page.Comments is not [var newest, ..]) yield break;
        var begins = new Stack<CommentId>([newest.Id.Successor]);
        while (page.NextCursor is { } next && next > mark.Entry.Successor)
        {
            begins.Push(next);
            page = await videos.ReadAsync(log, next, Page);
        }

        var inHand = begins.Peek();
        while (begins.TryPop(out var begin))
        {
            if (begin != inHand) page = await videos.ReadAsync(log, begin, Page);
            foreach (var entry in page.Comments.Reverse().Where(entry => entry.Id > mark.Entry))
            {
                mark = new(entry.Id, AuditHash.Next(mark.Hash, entry.Id, entry.Author, entry.Message));
                yield return new(entry, mark.Hash);
            }

            _marks.Add(log, mark);
        }
    }
}
