using System.Runtime.CompilerServices;

namespace LiveComments.Testing;

/// <summary>A log in memory that keeps the fence, and fails or waits where a test says so.</summary>
public sealed class MemoryStore : ICommentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LiveVideoId, List<LogEntry>> _logs = [];
    private readonly Dictionary<(LiveVideoId Video, CommentId Comment), CommentId> _erased = [];

    /// <summary>How many entries each append held, those that conflicted included.</summary>
    public List<int> Appends { get; } = [];

    /// <summary>Awaited before each append; completes it, holds it up or lets it fail.</summary>
    public Func<Task> BeforeAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited after each append: where it fails the entries are in the log, but the caller does not know.</summary>
    public Func<Task> AfterAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before each read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before comments are erased.</summary>
    public Func<Task> BeforeErase { get; set; } = () => Task.CompletedTask;

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

    public async Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        await BeforeRead();
        lock (_gate)
        {
            Reads++;
            var log = Log(liveVideoId);
            var older = log.Where(entry => entry.Id < before).Reverse().ToList();
            return LogStretch.Of(
                [.. Comments(liveVideoId, older).Take(limit)], limit, [.. older.Select(entry => entry.Removal).OfType<Removal>()],
                Last(log), LastRemoval(log));
        }
    }

    public async Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom)
    {
        await BeforeRead();
        lock (_gate)
        {
            var log = Log(liveVideoId);
            var keys = from entry in log
                       where entry.Key is not null && entry.Id >= keysFrom
                       select KeyValuePair.Create(entry.Key!.Value, entry.Id);
            return new(Last(log), [.. keys], LastRemoval(log));
        }
    }

    public async Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id)
    {
        await BeforeRead();
        lock (_gate)
        {
            if (_erased.TryGetValue((liveVideoId, id), out var removal)) return new(RemovedBy: removal);
            var entry = Log(liveVideoId).Find(entry => entry.Id == id);
            return new(entry.Comment, Removal: entry.Removal);
        }
    }

    public async Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to)
    {
        await BeforeRead();
        lock (_gate)
        {
            var all = Log(liveVideoId).Select(entry => entry.Comment).OfType<Comment>()
                .Where(comment => comment.Id >= from && comment.Id <= to && (author is null || comment.Identity?.Id == author)).ToList();
            var there = all.Where(comment => !_erased.ContainsKey((liveVideoId, comment.Id))).ToList();
            var erased = all.Except(there).ToLookup(comment => _erased[(liveVideoId, comment.Id)], comment => comment.Id);
            var removedBy = erased.Select(group => group.Key).DefaultIfEmpty().Max();
            return new(
                [.. there.Select(comment => comment.Id)],
                author is not null && all.Exists(comment => comment.AddressId is not null),
                removedBy,
                [.. erased[removedBy]]);
        }
    }

    public async IAsyncEnumerable<LiveVideoId> FindVideosAsync(
        AuthorId author, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await BeforeRead();
        List<LiveVideoId> found;
        lock (_gate) found = [.. _logs.Keys.Where(video => !video.HoldsDecisions && HasWritten(video))];
        foreach (var video in found) yield return video;

        bool HasWritten(LiveVideoId video) => _logs[video].Exists(entry => entry.Comment?.Identity?.Id == author);
    }

    public async Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal)
    {
        await BeforeErase();
        lock (_gate)
        {
            foreach (var comment in comments.Where(id => Log(liveVideoId).Exists(entry => entry.Id == id && entry.Comment is not null)))
                _erased[(liveVideoId, comment)] = removal;
        }
    }

    /// <summary>All comments of a video that are not erased, oldest first.</summary>
    public IReadOnlyList<Comment> All(LiveVideoId liveVideoId)
    {
        lock (_gate) return [.. Comments(liveVideoId, Log(liveVideoId))];
    }

    /// <summary>All removals of a video, oldest first.</summary>
    public IReadOnlyList<Removal> Removals(LiveVideoId liveVideoId)
    {
        lock (_gate) return [.. Log(liveVideoId).Select(entry => entry.Removal).OfType<Removal>()];
    }

    private IEnumerable<Comment> Comments(LiveVideoId liveVideoId, List<LogEntry> entries) =>
        entries.Select(entry => entry.Comment).OfType<Comment>().Where(comment => !_erased.ContainsKey((liveVideoId, comment.Id)));

    private List<LogEntry> Log(LiveVideoId id) =>
        _logs.TryGetValue(id, out var log) ? log : _logs[id] = [];

    private static CommentId Last(List<LogEntry> log) => log.Count == 0 ? CommentId.None : log[^1].Id;

    private static CommentId LastRemoval(List<LogEntry> log) => log.FindLast(entry => entry.Removal is not null).Id;
}
