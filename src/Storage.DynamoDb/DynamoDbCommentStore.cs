using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;

namespace LiveComments.Storage.DynamoDb;

/// <summary>
/// The logs of all videos in one DynamoDB table, shared by many nodes. One append is one item, written where the log ends on condition that
/// nobody has written there: that is the fence. No item is kept in memory, and each read sees what was written before it.
/// </summary>
public sealed class DynamoDbCommentStore : ICommentStore
{
    /// <summary>So many comments always fit into one append, however long their texts are.</summary>
    public const int MaxEntries = 180;

    private const int FirstHistoryPage = 16;
    private const int MostErasedAtOnce = 16;

    // An item is only written anew by who erases comments in it.
    private const int MostAttempts = 20;

    private readonly SegmentTable _segments;
    private readonly KnownEnds _ends = new();

    /// <summary>Opens the logs in a table that is there already.</summary>
    public DynamoDbCommentStore(IAmazonDynamoDB client, DynamoDbOptions settings, TimeProvider time) =>
        _segments = new(client, settings.Table, DynamoDbFailures.Retries(settings, time));

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries) =>
        AskAsync(async () =>
    {
        // A position where no log ever ended is free as well, so the caller's must be one where this log did. Almost always that is known.
        if (_ends.LastRemovalAt(liveVideoId, expectedLast) is not { } lastRemoval)
        {
            var newest = await ReadNewestAsync(liveVideoId);
            if ((newest?.Last ?? CommentId.None) != expectedLast) return AppendResult.Conflict;
            lastRemoval = newest?.LastRemoval ?? CommentId.None;
        }

        var segment = AppendItem.Of(expectedLast, entries, lastRemoval);
        if (!await _segments.TryPutAsync(liveVideoId, segment)) return AppendResult.Conflict;
        _ends.Add(liveVideoId, segment.Last, segment.LastRemoval);
        return AppendResult.Appended;
    });

    /// <inheritdoc/>
    public Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) => AskAsync(async () =>
    {
        // First where the log ends: what its removals took back up to there was erased before the rest is read.
        if (await ReadNewestAsync(liveVideoId) is not { } newest) return LogStretch.Empty;
        var page = Math.Min(limit, FirstHistoryPage);
        var segments = before > newest.Last
            ? _segments.ReadBackAsync(liveVideoId, newest.Position, page).Prepend(newest)
            : _segments.ReadBackAsync(liveVideoId, before, page);
        var (comments, removals) = (new List<Comment>(), new List<Removal>());
        await foreach (var (entry, erasedFor) in EntriesOf(segments))
        {
            if (entry.Id >= before || erasedFor is not null) continue;
            if (entry.Comment is { } comment) comments.Add(comment);
            else if (entry.Removal is { } removal) removals.Add(removal);
            if (comments.Count == limit || removals.Count > LogStretch.MostRemovals) break;
        }

        return LogStretch.Of(comments, limit, removals, newest.Last, newest.LastRemoval);
    });

    /// <inheritdoc/>
    public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => AskAsync(async () =>
    {
        await foreach (var (entry, erasedFor) in EntriesOf(_segments.ReadBackAsync(liveVideoId, id, page: 1).Take(1)))
        {
            if (entry.Id != id) continue;
            return erasedFor is null ? new(entry.Comment, Removal: entry.Removal) : new(RemovedBy: erasedFor);
        }

        return default(FoundEntry);
    });

    /// <inheritdoc/>
    public Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to) =>
        AskAsync(async () =>
    {
        var (ids, isAddress) = (new List<CommentId>(), false);
        // The first position at or after it is that of what comes later.
        var end = to == CommentId.Max ? to : to.Successor;
        await foreach (var (entry, erasedFor) in EntriesOf(_segments.ReadBackAsync(liveVideoId, end, FirstHistoryPage)))
        {
            if (entry.Id < from) break;
            if (entry.Id > to || erasedFor is not null || entry.Comment is not { Identity: var identity }) continue;
            if (author is not null && identity?.Id != author) continue;
            ids.Add(entry.Id);
            isAddress |= author is not null && identity is { IsAddress: true };
        }

        ids.Reverse();
        return new AuthorsComments(ids, isAddress);
    });

    /// <inheritdoc/>
    public async IAsyncEnumerable<LiveVideoId> FindVideosAsync(
        AuthorId author, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Whose comments an item has stands in its packed part alone. So these are all the videos.
        await using var logs = _segments.ScanVideosAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await AskAsync(async () => await logs.MoveNextAsync()).ConfigureAwait(false))
            if (LiveVideoId.TryParseVideoOf(logs.Current, out var video)) yield return video;
    }

    /// <inheritdoc/>
    public Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal) => AskAsync(async () =>
    {
        for (var left = comments.Count; left > 0;)
        {
            // From the newest comment that is left as many items back as there may be more of them in: most are close together.
            var most = Math.Min(left, MostErasedAtOnce);
            var segments = await _segments.ReadBackAsync(liveVideoId, comments[left - 1], page: most).Take(most).ToListAsync();
            var older = segments.Count == 0 ? 0 : comments.Count(comment => comment <= segments[^1].Position);
            var those = comments.Take(left).Skip(older).ToList();
            await Task.WhenAll(segments.Select(segment => EraseInAsync(liveVideoId, segment, those, removal)));
            left = older;
        }

        return true;
    });

    /// <inheritdoc/>
    public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) => AskAsync(async () =>
    {
        var (last, lastRemoval) = (CommentId.None, CommentId.None);
        var keys = new List<KeyValuePair<IdempotencyKey, CommentId>>();
        await foreach (var segment in _segments.ReadBackAsync(liveVideoId, CommentId.Max, page: 1))
        {
            if (last == CommentId.None) (last, lastRemoval) = (segment.Last, segment.LastRemoval);
            if (segment.Last < keysFrom) break;
            foreach (var entry in segment.Entries.Reverse())
                if (entry.Key is { } known && entry.Id >= keysFrom) keys.Add(new(known, entry.Id));
        }

        keys.Reverse();
        _ends.Add(liveVideoId, last, lastRemoval);
        return new LogTail(last, keys, lastRemoval);
    });

    private async Task EraseInAsync(LiveVideoId liveVideoId, AppendItem? segment, List<CommentId> comments, CommentId removal)
    {
        for (var attempt = 0; attempt < MostAttempts && segment is not null; attempt++)
        {
            var rest = segment.Without(comments, removal);
            if (ReferenceEquals(rest, segment) || await _segments.TryReplaceAsync(liveVideoId, rest)) return;
            segment = await _segments.ReadAtAsync(liveVideoId, segment.Position);
        }

        throw new CommentsUnavailableException($"A segment of {liveVideoId} keeps changing, or is missing.");
    }

    private async Task<AppendItem?> ReadNewestAsync(LiveVideoId liveVideoId) =>
        await _segments.ReadBackAsync(liveVideoId, CommentId.Max, page: 1).FirstOrDefaultAsync();

    /// <summary>The entries of segments, newest first, and what the comments among them that are erased were erased for.</summary>
    private static IAsyncEnumerable<(LogEntry Entry, CommentId? ErasedFor)> EntriesOf(IAsyncEnumerable<AppendItem> segments) =>
        segments.SelectMany(segment => segment.Entries.Reverse().Select(entry => (entry, segment.ErasedFor(entry.Id))));

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            // Packing and unpacking are no part of the turn that asks.
            return await Task.Run(ask).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception.IsOfTheStore())
        {
            throw new CommentsUnavailableException($"The request to DynamoDB failed: {exception.Message}", exception);
        }
    }
}
