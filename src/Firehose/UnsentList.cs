namespace LiveComments.Firehose;

/// <summary>
/// The list of logs with entries that were not sent, and from where on: small, however many videos there are. It is in parts, so that
/// processes that begin videos at once rarely meet.
/// </summary>
internal sealed class UnsentList : IDisposable
{
    // Which part a log is in cannot change without losing sight of it.
    private const int PartCount = 8;

    private readonly Guid _me = Guid.NewGuid();
    private readonly UnsentPart[] _parts;

    public UnsentList(ICommentStore store, TimeProvider time) =>
        _parts = [.. Enumerable.Range(0, PartCount).Select(part => new UnsentPart(store, LiveVideoId.OfUnsent(part), _me, time))];

    /// <summary>All parts.</summary>
    public IReadOnlyList<UnsentPart> Parts => _parts;

    /// <summary>The part that a log is in.</summary>
    public UnsentPart Of(LiveVideoId log) => _parts[IndexOf(log.ToString())];

    /// <summary>What this process holds of a log; null if it does not.</summary>
    public Holding? Mine(LiveVideoId log) => Of(log).Of(log).FirstOrDefault(holding => holding.By == _me);

    /// <summary>Whether another process sends a log now: it holds it since later than this one, or has taken it over.</summary>
    public bool IsOvertaken(LiveVideoId log) =>
        Mine(log) is not { } mine || Of(log).Of(log).Any(other => other.By != _me && other.By != Guid.Empty && other.Since > mine.Since);

    /// <summary>Writes a change of a log down.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task WriteAsync(LiveVideoId log, UnsentKind kind, CommentId position = default, Guid of = default) =>
        Of(log).WriteAsync(new(log.ToString(), kind, position.Value, of));

    /// <summary>Ends it.</summary>
    public void Dispose() => Array.ForEach(_parts, part => part.Dispose());

    // FNV-1a: the same in every process and version.
    private static int IndexOf(string log)
    {
        var hash = 2_166_136_261;
        foreach (var character in log) hash = (hash ^ character) * 16_777_619;
        return (int)(hash % PartCount);
    }
}
