using System.Runtime.CompilerServices;

namespace LiveComments.Testing;

/// <summary>A log in memory that keeps the fence, and fails or waits where a test says so.</summary>
public sealed class MemoryStore : ICommentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LiveVideoId, List<LogEntry>> _logs = [];
    private readonly Dictionary<(LiveVideoId Video, CommentId Comment), CommentId> _erased = [];
    private readonly List<LiveVideoId> _reads = [];

    /// <summary>How many entries each append to a video's log held, those that conflicted included.</summary>
    public List<int> Appends { get; } = [];

    /// <summary>Awaited before each append to a video's log; completes it, holds it up or lets it fail.</summary>
    public Func<Task> BeforeAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before each append to a log that is not a video's.</summary>
    public Func<Task> BeforeOtherAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited after each append: where it fails the entries are in the log, but the caller does not know.</summary>
    public Func<Task> AfterAppend { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before each read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before comments are erased.</summary>
    public Func<Task> BeforeErase { get; set; } = () => Task.CompletedTask;

    /// <summary>The logs whose entries were read, once for each read.</summary>
    public IReadOnlyList<LiveVideoId> Reads
    {
        get
        {
            lock (_gate) return [.. _reads];
        }
    }

    public async Task<AppendResult> AppendAsync(
        LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        // Those to other logs, of bans and of removals that were begun, are not in the way of a test of a video's.
        var isVideos = !liveVideoId.ToString().Contains('.', StringComparison.Ordinal);
        await (isVideos ? BeforeAppend : BeforeOtherAppend)();
        lock (_gate)
        {
            if (isVideos) Appends.Add(entries.Count);
            var log = Log(liveVideoId);
            if (Last(log) != expectedLast) return AppendResult.Conflict;
            log.AddRange(entries);
        }

        if (isVideos) await AfterAppend();
        return AppendResult.Appended;
    }

    public async Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        await BeforeRead();
        lock (_gate)
        {
            _reads.Add(liveVideoId);
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
            var there = Comments(liveVideoId, Log(liveVideoId))
                .Where(comment => comment.Id >= from && comment.Id <= to && (author is null || comment.Identity?.Id == author)).ToList();
            return new(
                [.. there.Select(comment => comment.Id)], author is not null && there.Exists(comment => comment.AddressId is not null));
        }
    }

    public async IAsyncEnumerable<LiveVideoId> FindVideosAsync(
        AuthorId author, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await BeforeRead();
        List<LiveVideoId> found;
        lock (_gate) found =
            [
                .. _logs.Keys.Where(HasWritten)
                    .Select(log => LiveVideoId.TryParseVideoOf(log.ToString(), out var video) ? video : default)
                    .Where(video => video != default).Distinct(),
            ];
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
