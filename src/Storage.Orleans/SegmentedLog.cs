namespace LiveComments.Storage.Orleans;

/// <summary>
/// Finds its way in the segments of one video's log. They are numbered from 0 without a hole, and the first that is not full is the last; so
/// both the end of the log and the place of an id are found in a number of reads that grows with the logarithm of its length.
/// </summary>
internal sealed class SegmentedLog(SegmentStorage segments, LiveVideoId video)
{
    private const int MostReadsAtOnce = 16;

    /// <summary>Reads the last segment; null where the log is empty.</summary>
    public async Task<StoredSegment?> ReadLastAsync()
    {
        var last = await segments.ReadAsync(video, segments.LastSeen(video)?.Number ?? 0).ConfigureAwait(false);
        if (last is null) return null;

        // First in steps that grow, then between the last that is there and the first that is not.
        var end = int.MaxValue;
        for (var step = 1; last.Content.Full && last.Number + 1 < end;)
        {
            var number = end == int.MaxValue ? last.Number + step : last.Number + (end - last.Number) / 2;
            if (await segments.ReadAsync(video, number).ConfigureAwait(false) is { } found) (last, step) = (found, step * 2);
            else end = number;
        }

        segments.SetLastSeen(video, last);
        return last;
    }

    /// <summary>Reads the last of the segments up to <paramref name="last"/> that begins below <paramref name="before"/>; the first where none does.</summary>
    public async Task<StoredSegment> FindAsync(StoredSegment last, CommentId before)
    {
        // Back from the end in steps that grow, for most read what is new; then between the two that lie on either side.
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
        await segments.ReadAsync(video, number).ConfigureAwait(false)
        ?? throw new CommentsUnavailableException($"Segment {number} of the log of {video} is missing.");

    /// <summary>Reads the segments that hold what comes from <paramref name="from"/> on, in the order of the log.</summary>
    public async Task<List<StoredSegment>> ReadFromAsync(StoredSegment last, CommentId from)
    {
        var found = new List<StoredSegment> { last };
        for (var atOnce = 1; found[^1] is { Number: > 0 } oldest && oldest.Content.First > from; atOnce = Math.Min(atOnce * 2, MostReadsAtOnce))
        {
            var count = Math.Min(atOnce, oldest.Number);
            found.AddRange(await Task.WhenAll(
                Enumerable.Range(1, count).Select(back => ReadExistingAsync(oldest.Number - back))).ConfigureAwait(false));
        }

        found.Reverse();
        return found;
    }
}
