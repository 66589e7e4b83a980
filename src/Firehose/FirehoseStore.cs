namespace LiveComments.Firehose;

/// <summary>
/// The store of a process that sends what is appended. An append waits for nothing that the receiver does: before the first one of a log it
/// is written down that the log has entries to send, and after each one the sender is told.
/// </summary>
internal sealed class FirehoseStore(ICommentStore store, ChosenLogs chosen, SentLogs logs) : ICommentStore, IDisposable, IAsyncDisposable
{
    public long? SizeInBytes => store.SizeInBytes;

    public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries) =>
        chosen.Has(liveVideoId)
            ? AppendChosenAsync(liveVideoId, expectedLast, entries)
            : store.AppendAsync(liveVideoId, expectedLast, entries);

    public Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
        store.ReadBeforeAsync(liveVideoId, before, limit);

    public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => store.FindAsync(liveVideoId, id);

    public Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to) =>
        store.FindByAuthorAsync(liveVideoId, author, from, to);

    public IAsyncEnumerable<LiveVideoId> FindVideosAsync(AuthorId author, CancellationToken cancellation = default) =>
        store.FindVideosAsync(author, cancellation);

    public Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal)
    {
        logs.Forget(liveVideoId);
        return store.EraseAsync(liveVideoId, comments, removal);
    }

    public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) => store.ReadTailAsync(liveVideoId, keysFrom);

    public Task<bool> HasExpiredAsync(LiveVideoId liveVideoId) => store.HasExpiredAsync(liveVideoId);

    public void Dispose() => (store as IDisposable)?.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (store is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
        else Dispose();
    }

    private async Task<AppendResult> AppendChosenAsync(LiveVideoId id, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        var (log, held) = logs.Enter(id, expectedLast);
        try
        {
            await held.ConfigureAwait(false);
            var result = await store.AppendAsync(id, expectedLast, entries).ConfigureAwait(false);
            if (result == AppendResult.Appended) logs.Appended(log, expectedLast, entries);
            else SentLogs.Doubt(log);
            return result;
        }
        catch
        {
            SentLogs.Doubt(log);
            throw;
        }
        finally
        {
            logs.Leave(log);
        }
    }
}
