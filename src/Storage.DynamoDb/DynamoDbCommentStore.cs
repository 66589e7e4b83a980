using Amazon.DynamoDBv2;

namespace LiveComments.Storage.DynamoDb;

/// <summary>
/// The logs of all videos in one DynamoDB table, shared by many nodes. One append is one item, written where the log ends on condition that
/// nobody has written there: that is the fence.
/// </summary>
public sealed class DynamoDbCommentStore : ICommentStore
{
    /// <summary>So many comments always fit into one append, however long their texts are.</summary>
    public const int MaxEntries = 180;

    private const int FirstHistoryPage = 16;

    private readonly SegmentTable _segments;
    private readonly KnownEnds _ends = new();

    /// <summary>Opens the logs in a table that is there already.</summary>
    public DynamoDbCommentStore(IAmazonDynamoDB client, DynamoDbOptions settings, TimeProvider time) =>
        _segments = new(client, settings.Table, DynamoDbFailures.Retries(settings, time));

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries) => AskAsync(async () =>
    {
        // A position where no log ever ended is free as well, so the caller's must be one where this log did. Almost always that is known.
        if (!_ends.Contains(liveVideoId, expectedLast) && (await ReadLastAsync(liveVideoId)) != expectedLast) return AppendResult.Conflict;
        var segment = new AppendItem(expectedLast, Guid.NewGuid(), entries);
        if (!await _segments.TryPutAsync(liveVideoId, segment)) return AppendResult.Conflict;
        _ends.Add(liveVideoId, segment.Last);
        return AppendResult.Appended;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<Comment>> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
        AskAsync<IReadOnlyList<Comment>>(async () => await _segments
            .ReadBackAsync(liveVideoId, before, Math.Min(limit, FirstHistoryPage))
            .SelectMany(segment => segment.Entries.Reverse())
            .Select(entry => entry.Comment)
            .Where(comment => comment.Id < before)
            .Take(limit)
            .ToListAsync());

    /// <inheritdoc/>
    public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) => AskAsync(async () =>
    {
        var last = CommentId.None;
        var keys = new List<KeyValuePair<IdempotencyKey, CommentId>>();
        await foreach (var segment in _segments.ReadBackAsync(liveVideoId, CommentId.Max, page: 1))
        {
            if (last == CommentId.None) last = segment.Last;
            if (segment.Last < keysFrom) break;
            foreach (var (comment, key) in segment.Entries.Reverse())
                if (key is { } known && comment.Id >= keysFrom) keys.Add(new(known, comment.Id));
        }

        keys.Reverse();
        _ends.Add(liveVideoId, last);
        return new LogTail(last, keys);
    });

    private async Task<CommentId> ReadLastAsync(LiveVideoId liveVideoId)
    {
        var newest = await _segments.ReadBackAsync(liveVideoId, CommentId.Max, page: 1).FirstOrDefaultAsync();
        return newest?.Last ?? CommentId.None;
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            // Packing and unpacking are no part of the turn that asks.
            return await Task.Run(ask).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception.IsOfTheStore())
        {
            throw new CommentsUnavailableException($"DynamoDB cannot be asked: {exception.Message}", exception);
        }
    }
}
