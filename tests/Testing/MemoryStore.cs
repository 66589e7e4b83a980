namespace LiveComments.Testing;

/// <summary>A log in memory that keeps the fence, and fails or waits where a test says so.</summary>
public sealed class MemoryStore : ICommentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LiveVideoId, List<LogEntry>> _logs = [];

    /// <summary>How many entries each append held, those that conflicted included.</summary>
    public List<int> Appends { get; } = [];

    /// <summary>Awaited before each append; completes it, holds it up or lets it fail.</summary>
    public Func<Task> BeforeAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited after each append: where it fails the entries are in the log, but the caller does not know.</summary>
    public Func<Task> AfterAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before each read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>How many reads of comments there were.</summary>
    public int Reads { get; private set; }

    public async Task<AppendResult> AppendAsync(
        LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        await BeforeAppend();
        lock (_gate)
        {
            Appends.Add(entries.Count);
            var log = Log(liveVideoId);
            if (Last(log) != expectedLast) return AppendResult.Conflict;
            log.AddRange(entries);
        }

        await AfterAppend();
        return AppendResult.Appended;
    }

    public async Task<IReadOnlyList<Comment>> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        await BeforeRead();
        lock (_gate)
        {
            Reads++;
            return [.. Log(liveVideoId).Select(entry => entry.Comment).Where(comment => comment.Id < before).Reverse().Take(limit)];
        }
    }

    public async Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom)
    {
        await BeforeRead();
        lock (_gate)
        {
            var log = Log(liveVideoId);
            return new(Last(log), [.. from entry in log
                                      where entry.Key is not null && entry.Comment.Id >= keysFrom
                                      select KeyValuePair.Create(entry.Key!.Value, entry.Comment.Id)]);
        }
    }

    /// <summary>All comments of a video, oldest first.</summary>
    public IReadOnlyList<Comment> All(LiveVideoId liveVideoId)
    {
        lock (_gate) return [.. Log(liveVideoId).Select(entry => entry.Comment)];
    }

    private List<LogEntry> Log(LiveVideoId id) =>
        _logs.TryGetValue(id, out var log) ? log : _logs[id] = [];

    private static CommentId Last(List<LogEntry> log) => log.Count == 0 ? CommentId.None : log[^1].Comment.Id;
}
