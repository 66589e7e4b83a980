using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// The erasures in their log: that one was asked for, how far it is and which process works on it, and that it is done. Who works on one is
/// decided by the order of the log. It is used by one thread at a time.
/// </summary>
internal sealed partial class ErasureLog(ICommentStore store, TimeProvider time) : DecisionLog(store, LiveVideoId.OfErasures, time)
{
    private readonly Dictionary<AuthorId, ErasureJob> _jobs = [];
    private readonly HashSet<AuthorId> _running = [];

    /// <summary>Those that are not done, as far as it was read.</summary>
    public IReadOnlyList<ErasureJob> Running => [.. _running.Select(author => _jobs[author])];

    /// <summary>The last job of an author, as far as it was read; null if there is none.</summary>
    public ErasureJob? Find(AuthorId author) => _jobs.GetValueOrDefault(author);

    /// <summary>Begins a job that a process takes at once; false if one of the author runs.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task<bool> AskAsync(AuthorId author, Guid by) => AppendAsync(
        author, job => job is { IsRunning: true } ? null : new(by, Asked: true));

    /// <summary>Gives a job to a process; false if there was news of it meanwhile.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task<bool> TakeAsync(ErasureJob known, Guid by) => AppendAsync(
        known.Erasure.Author, job => job?.News == known.News ? new(by, Removed: known.Erasure.Removed) : null);

    /// <summary>Says how far a job is; false if it is not this process's any more.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task<bool> TellAsync(ErasureJob known, Erasure progress, bool done) => AppendAsync(
        known.Erasure.Author,
        job => job is { IsRunning: true } && job.Begun == known.Begun && job.By == known.By
            ? new(known.By, Videos: progress.Videos, VideosDone: progress.VideosDone, Removed: progress.Removed, Done: done)
            : null);

    private Task<bool> AppendAsync(AuthorId author, Func<ErasureJob?, Entry?> next) => AppendAsync(
        () => next(Find(author)) is { } entry ? (author.ToString(), JsonSerializer.Serialize(entry, EntryJson.Default.Entry)) : null);

    /// <inheritdoc/>
    protected override void Apply(Comment entry)
    {
        if (!AuthorId.TryParse(entry.Author, out var author)) return;
        var content = JsonSerializer.Deserialize(entry.Message, EntryJson.Default.Entry)!;
        var (asked, begun) = !content.Asked && Find(author) is { } job
            ? (job.Erasure.Asked, job.Begun)
            : (entry.CreatedAt, entry.Id);
        var erasure = new Erasure(author, asked)
        {
            Videos = content.Videos,
            VideosDone = content.VideosDone,
            Removed = content.Removed,
            Ended = content.Done ? entry.CreatedAt : null,
        };
        _jobs[author] = new(erasure, begun, content.By, entry.Id, Time.GetTimestamp());
        if (content.Done) _running.Remove(author);
        else _running.Add(author);
    }

    /// <summary>What an entry says.</summary>
    internal sealed record Entry(
        Guid By, bool Asked = false, int? Videos = null, int VideosDone = 0, long Removed = 0, bool Done = false);

    [JsonSerializable(typeof(Entry))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    private sealed partial class EntryJson : JsonSerializerContext;
}
