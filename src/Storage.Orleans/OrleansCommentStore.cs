using Orleans.Storage;

namespace LiveComments.Storage.Orleans;

/// <summary>
/// The logs of all videos in Orleans grain storage, each in segments of bounded size. An append is one write: of the last segment under
/// its ETag, or if that is full, of the next one, which must not be there yet. That is the fence. Each read begins with the last segment
/// as it is stored: it says what may be read from memory.
/// </summary>
public sealed class OrleansCommentStore : ICommentStore, IDisposable
{
    // An append is tried again where a comment was erased in the last segment meanwhile.
    private const int MostAttempts = 100;

    private readonly SegmentStorage _segments;
    private readonly VideoList _videos;
    private readonly int _segmentBytes;

    /// <summary>Keeps the logs in <paramref name="storage"/>.</summary>
    public OrleansCommentStore(IGrainStorage storage, OrleansStorageOptions settings)
    {
        _segments = new(storage, settings.CacheBytes);
        _segmentBytes = settings.SegmentBytes;
        _videos = new(_segments, _segmentBytes);
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        var last = _segments.LastSeen(liveVideoId);
        if (last?.Content.Last != expectedLast) last = await log.ReadLastAsync().ConfigureAwait(false);
        var listed = liveVideoId.HoldsDecisions && !liveVideoId.HoldsHeldComments;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if ((last?.Content.Last ?? CommentId.None) != expectedLast) return AppendResult.Conflict;
            if (!listed && last?.Content.Listed != true) await _videos.AddAsync(liveVideoId.OfShown).ConfigureAwait(false);
            listed = true;
            if (await log.TryAppendAsync(last, entries, _segmentBytes).ConfigureAwait(false)) return AppendResult.Appended;
            last = await log.ReadLastAsync().ConfigureAwait(false);
            if (last is not null && await log.HoldsAsync(last, entries).ConfigureAwait(false)) return AppendResult.Appended;
        }

        throw new CommentsUnavailableException($"The log of {liveVideoId} is written by others all the time.");
    }

    /// <inheritdoc/>
    public async Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        if (await log.ReadLastAsync().ConfigureAwait(false) is not { } last) return LogStretch.Empty;
        var (comments, removals) = (new List<Comment>(Math.Min(limit, 256)), new List<Removal>());
        await foreach (var row in log.ReadRowsBackAsync(last, before).ConfigureAwait(false))
        {
            if (row.Entry.Comment is { } comment) comments.Add(comment);
            else if (row.Entry.Removal is { } removal) removals.Add(removal);
            if (comments.Count == limit || removals.Count > LogStretch.MostRemovals) break;
        }

        return LogStretch.Of(comments, limit, removals, last.Content.Last, new(last.Content.LastRemoval));
    }

    /// <inheritdoc/>
    public async Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        if (await log.ReadLastAsync().ConfigureAwait(false) is not { } last) return default;
        return (await log.FindAsync(last, id.Above()).ConfigureAwait(false)).Content.Find(liveVideoId, id);
    }

    /// <inheritdoc/>
    public async Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to)
    {
        var (ids, isAddress) = (new List<CommentId>(), false);
        var log = new SegmentedLog(_segments, liveVideoId);
        if (await log.ReadLastAsync().ConfigureAwait(false) is { } last)
        {
            await foreach (var row in log.ReadRowsBackAsync(last, to.Above()).ConfigureAwait(false))
            {
                if (row.Id < from) break;
                if (row.Entry.Comment is null || (author is not null && row.Identity?.Id != author)) continue;
                ids.Add(row.Id);
                isAddress |= author is not null && row.Identity is { IsAddress: true };
            }
        }

        ids.Reverse();
        return new(ids, isAddress);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LiveVideoId> FindVideosAsync(AuthorId author, CancellationToken cancellation = default) =>
        _videos.ReadAsync(cancellation);

    /// <inheritdoc/>
    public Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal) =>
        new SegmentErasure(_segments, liveVideoId, removal).RunAsync(comments);

    /// <inheritdoc/>
    public async Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom)
    {
        var log = new SegmentedLog(_segments, liveVideoId);
        if (await log.ReadLastAsync().ConfigureAwait(false) is not { } last) return new(CommentId.None, []);
        var tail = await log.ReadFromAsync(last, keysFrom).ConfigureAwait(false);
        return new(
            last.Content.Last, [.. tail.SelectMany(segment => segment.Content.KeysFrom(keysFrom))], new(last.Content.LastRemoval));
    }

    /// <inheritdoc/>
    public void Dispose() => _segments.Dispose();
}
