using Orleans.Storage;

namespace LiveComments.Storage.Orleans;

/// <summary>
/// The logs of all videos in Orleans grain storage, each in segments of bounded size. An append is one write: of the last segment under
/// its ETag, or where that is full, of the next one, which must not be there yet. That is the fence.
/// </summary>
public sealed class OrleansCommentStore : ICommentStore, IDisposable
{
    private readonly SegmentStorage _segments;
    private readonly int _segmentBytes;

    /// <summary>Keeps the logs in <paramref name="storage"/>.</summary>
    public OrleansCommentStore(IGrainStorage storage, OrleansStorageOptions settings)
    {
        _segments = new(storage, settings.CacheBytes);
        _segmentBytes = settings.SegmentBytes;
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        var last = _segments.LastSeen(liveVideoId);
        if (last?.Content.Last != expectedLast) last = await log.ReadLastAsync().ConfigureAwait(false);
        if ((last?.Content.Last ?? CommentId.None) != expectedLast) return AppendResult.Conflict;

        var (number, content, etag) = last switch
        {
            null => (0, new LogSegment(), null),
            { Content.Full: true } => (last.Number + 1, new LogSegment(), null),
            _ => (last.Number, last.Content, last.ETag),
        };
        var written = await _segments.TryWriteAsync(liveVideoId, number, content.With(entries, _segmentBytes), etag).ConfigureAwait(false);
        if (written is null)
            return await HoldsAsync(log, liveVideoId, entries).ConfigureAwait(false) ? AppendResult.Appended : AppendResult.Conflict;
        _segments.SetLastSeen(liveVideoId, written);
        return AppendResult.Appended;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comment>> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        // What lies before a comment that was seen cannot have changed since.
        var last = _segments.LastSeen(liveVideoId);
        if (last is null || before > last.Content.Last) last = await log.ReadLastAsync().ConfigureAwait(false);
        if (last is null) return [];

        var comments = new List<Comment>(Math.Min(limit, 256));
        var segment = await log.FindAsync(last, before).ConfigureAwait(false);
        while (true)
        {
            comments.AddRange(segment.Content.Before(liveVideoId, before).Take(limit - comments.Count));
            if (comments.Count == limit || segment.Number == 0) return comments;
            segment = await log.ReadExistingAsync(segment.Number - 1).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        if (await log.ReadLastAsync().ConfigureAwait(false) is not { } last) return new(CommentId.None, []);
        var tail = await log.ReadFromAsync(last, keysFrom).ConfigureAwait(false);
        return new(last.Content.Last, [.. tail.SelectMany(segment => segment.Content.KeysFrom(keysFrom))]);
    }

    /// <inheritdoc/>
    public void Dispose() => _segments.Dispose();

    /// <summary>
    /// Whether the log holds exactly these entries. A provider that loses the answer to a write and repeats it finds its own first write in the
    /// way and calls it a conflict; who believed that would append the same comments twice.
    /// </summary>
    private static async Task<bool> HoldsAsync(SegmentedLog log, LiveVideoId video, IReadOnlyList<LogEntry> entries)
    {
        if (await log.ReadLastAsync().ConfigureAwait(false) is not { } last) return false;
        var (first, after) = (entries[0].Comment.Id, entries[^1].Comment.Id.Successor);
        var segments = await log.ReadFromAsync(last, first).ConfigureAwait(false);
        var keys = segments.SelectMany(segment => segment.Content.KeysFrom(first)).ToDictionary(key => key.Value, key => key.Key);
        return segments.AsEnumerable().Reverse()
            .SelectMany(segment => segment.Content.Before(video, after))
            .TakeWhile(comment => comment.Id >= first)
            .Select(comment => new LogEntry(comment, keys.TryGetValue(comment.Id, out var key) ? key : null))
            .SequenceEqual(entries.Reverse());
    }
}
