namespace LiveComments.Storage.Orleans;

/// <summary>
/// Finds its way in the segments of one video's log. They are numbered from 0 without a hole, and the first that is not full is the last;
/// so both the end of the log and the place of an id are found in a number of reads that grows with the logarithm of its length.
/// </summary>
internal sealed class SegmentedLog(SegmentStorage segments, LiveVideoId video)
{
    private const int MostReadsAtOnce = 16;

    // How often comments were erased in full segments, as the last one said.
    private int _erasures;

    /// <summary>
    /// Reads the last segment; null if the log is empty. Each read of a log begins here: what is read by this object after it has no text
    /// that was erased before it.
    /// </summary>
    public async Task<StoredSegment?> ReadLastAsync()
    {
        // That a segment is full stays true, whatever was erased in it. If the last one is full, nothing was: that would have begun the
        // next one.
        var last = await segments.ReadAsync(video, segments.LastSeen(video)?.Number ?? 0, erasures: 0).ConfigureAwait(false);
        if (last is null) return null;

        // First in steps that grow, then between the last that is there and the first that is not.
        var end = int.MaxValue;
        for (var step = 1; last.Content.Full && last.Number + 1 < end;)
        {
            var number = end == int.MaxValue ? last.Number + step : last.Number + (end - last.Number) / 2;
            if (await segments.ReadAsync(video, number, erasures: 0).ConfigureAwait(false) is { } found) (last, step) = (found, step * 2);
            else end = number;
        }

        segments.SetLastSeen(video, last);
        _erasures = last.Content.Erasures;
        return last;
    }

    /// <summary>
    /// Reads the last of the segments up to <paramref name="last"/> that begins below <paramref name="before"/>; the first if none does.
    /// </summary>
    public async Task<StoredSegment> FindAsync(StoredSegment last, CommentId before)
    {
        // Step back from the end in growing steps, because most reads want the newest; then search between the last two.
        var (found, above) = (last, last.Number + 1);
        for (var step = 1; found.Content.First >= before && found.Number > 0; step *= 2)
        {
            above = found.Number;
            found = await ReadExistingAsync(Math.Max(0, above - step)).ConfigureAwait(false);
        }

        while (above - found.Number > 1)
        {
            var middle = await ReadExistingAsync(found.Number + (above - found.Number) / 2).ConfigureAwait(false);
            if (middle.Content.First < before) found = middle;
            else above = middle.Number;
        }

        return found;
    }

    /// <summary>Reads a segment before one that is there.</summary>
    /// <exception cref="CommentsUnavailableException">It is missing.</exception>
    public async Task<StoredSegment> ReadExistingAsync(int number) =>
        await segments.ReadAsync(video, number, _erasures).ConfigureAwait(false)
        ?? throw new CommentsUnavailableException($"Segment {number} of the log of {video} is missing.");

    /// <summary>Reads a segment and those before it, newest first: the first ones one by one, then ever more at once.</summary>
    public async IAsyncEnumerable<StoredSegment> ReadBackAsync(StoredSegment newest)
    {
        yield return newest;
        var oldest = newest.Number;
        for (var atOnce = 1; oldest > 0; atOnce = Math.Min(atOnce * 2, MostReadsAtOnce))
        {
            var (end, count) = (oldest, Math.Min(atOnce, oldest));
            var found = await Task.WhenAll(Enumerable.Range(1, count).Select(back => ReadExistingAsync(end - back))).ConfigureAwait(false);
            foreach (var segment in found) yield return segment;
            oldest -= count;
        }
    }

    /// <summary>Reads the entries with ids below <paramref name="before"/>, newest first.</summary>
    public async IAsyncEnumerable<SegmentRow> ReadRowsBackAsync(StoredSegment last, CommentId before)
    {
        var newest = await FindAsync(last, before).ConfigureAwait(false);
        await foreach (var segment in ReadBackAsync(newest).ConfigureAwait(false))
            foreach (var row in segment.Content.RowsBefore(video, before)) yield return row;
    }

    /// <summary>Reads the segments that hold what comes from <paramref name="from"/> on, in the order of the log.</summary>
    public async Task<List<StoredSegment>> ReadFromAsync(StoredSegment last, CommentId from)
    {
        var found = new List<StoredSegment>();
        await foreach (var segment in ReadBackAsync(last).ConfigureAwait(false))
        {
            found.Add(segment);
            if (segment.Content.First <= from) break;
        }

        found.Reverse();
        return found;
    }

    /// <summary>
    /// Writes entries at the end of the log, whose last segment was <paramref name="last"/>; null if it had none. False if that is not so any
    /// more.
    /// </summary>
    public async Task<bool> TryAppendAsync(StoredSegment? last, IReadOnlyList<LogEntry> entries, int fullAt)
    {
        var (number, content, etag) = last?.Following() ?? (0, new LogSegment(), null);
        if (await segments.TryWriteAsync(video, number, content.With(entries, fullAt), etag).ConfigureAwait(false) is not { } written)
            return false;
        segments.SetLastSeen(video, written);
        return true;
    }

    /// <summary>
    /// Whether the log holds exactly these entries. A provider that loses the answer to a write and repeats it finds its own first write in
    /// the way and calls it a conflict; a caller that believed it would append the same comments twice.
    /// </summary>
    public async Task<bool> HoldsAsync(StoredSegment last, IReadOnlyList<LogEntry> entries)
    {
        var first = entries[0].Id;
        var segments = await ReadFromAsync(last, first).ConfigureAwait(false);
        var keys = segments.SelectMany(segment => segment.Content.KeysFrom(first)).ToDictionary(key => key.Value, key => key.Key);
        var rows = segments.AsEnumerable().Reverse()
            .SelectMany(segment => segment.Content.RowsBefore(video, entries[^1].Id.Above()))
            .TakeWhile(row => row.Id >= first)
            .ToList();
        return rows.Count == entries.Count && rows.Zip(entries.Reverse()).All(pair => IsSame(pair.First, pair.Second));

        bool IsSame(SegmentRow row, LogEntry entry) =>
            row.Id == entry.Id
            && row.Entry.Comment == entry.Comment
            && TakeBackTheSame(row.Entry.Removal?.Removed, entry.Removal?.Removed)
            && (keys.TryGetValue(row.Id, out var key) ? key : (IdempotencyKey?)null) == entry.Key;
    }

    private static bool TakeBackTheSame(RemovedComments? one, RemovedComments? other) =>
        one?.Ids is { } ids && other?.Ids is { } others ? ids.SequenceEqual(others) : one == other;
}
