using System.Text;

namespace LiveComments;

/// <summary>
/// The log of every live video. One log is the entries of one video, comments and removals, in rising order of their ids; it only grows at
/// its end. The text of a comment may be erased in it, for good. A store may remove comments from the other end because of their age; where
/// the log ends stays known even if none is left.
/// Every method fails with <see cref="CommentsUnavailableException"/> if the store cannot be reached or read.
/// </summary>
public interface ICommentStore
{
    /// <summary>The size of all logs in bytes; null if the store does not know it without a scan.</summary>
    long? SizeInBytes => null;

    /// <summary>
    /// Appends to a log if it still ends where the caller expects, all or nothing, and returns when that is
    /// durable. This is the fence: of two owners of one video, the one who knows the log's end wins, the other gets
    /// <see cref="AppendResult.Conflict"/> and nothing of its own is written. After an exception the outcome is not known;
    /// read the tail again before the next append.
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="expectedLast">The id of the log's last entry, <see cref="CommentId.None"/> if it is empty.</param>
    /// <param name="entries">At least one entry, of rising ids greater than <paramref name="expectedLast"/>.</param>
    Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries);

    /// <summary>
    /// Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>, newest first, and the removals among them.
    /// </summary>
    Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit);

    /// <summary>Finds the entry of an id.</summary>
    Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id);

    /// <summary>
    /// Finds the comments with ids from <paramref name="from"/> to <paramref name="to"/>, both included, that
    /// <paramref name="author"/>, a person or an address, wrote; null = everybody.
    /// </summary>
    Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to);

    /// <summary>
    /// Finds the videos in which somebody, a person or an address, may have comments, or had some that were erased: each of them at least
    /// once, if its comments were acknowledged before the call. It may name other videos, but no logs of decisions. It takes its time:
    /// appends and other reads go on beside it.
    /// </summary>
    IAsyncEnumerable<LiveVideoId> FindVideosAsync(AuthorId author, CancellationToken cancellation = default);

    /// <summary>
    /// Erases comments: all that is left is that they were there, their keys, whose they were, and which removal takes them back. Returns
    /// when that is durable and no read that begins later finds them, on any node. It can be repeated; those that were erased before are
    /// taken back by this removal then. Ids that are no comments are passed over.
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="comments">The ids, rising.</param>
    /// <param name="removal">The id that the removal will have, which is appended next.</param>
    Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal);

    /// <summary>Reads where a log ends, and the keys of the comments from <paramref name="keysFrom"/> on.</summary>
    Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom);

    /// <summary>Whether comments of a log were removed because of their age.</summary>
    Task<bool> HasExpiredAsync(LiveVideoId liveVideoId) => Task.FromResult(false);
}

/// <summary>How an append ended.</summary>
public enum AppendResult
{
    /// <summary>The entries are durable.</summary>
    Appended,

    /// <summary>The log ends elsewhere than expected; nothing was written.</summary>
    Conflict,
}

/// <summary>One entry on its way into a log: either a comment with the key that it was posted under, if any, or a removal.</summary>
public readonly record struct LogEntry
{
    // Its id, and what a store needs to tell one comment from the next.
    private const int Overhead = 16;

    // As JSON an id of 64 bits has up to 20 digits.
    private const int IdentityBytes = 16;

    private const int ReplyBytes = 8;

    // What a removal says beside the ids that it names: an author, and where a range begins and ends.
    private const int RemovalBytes = 48;

    // As JSON the id of a comment has up to 19 digits and a comma.
    private const int RemovedIdBytes = 10;

    /// <summary>A comment, and the author's key for it.</summary>
    public LogEntry(Comment comment, IdempotencyKey? key) => (Comment, Key) = (comment, key);

    /// <summary>A removal.</summary>
    public LogEntry(Removal removal) => Removal = removal;

    /// <summary>The comment; null if it is a removal.</summary>
    public Comment? Comment { get; }

    /// <summary>The author's key for the comment.</summary>
    public IdempotencyKey? Key { get; }

    /// <summary>The removal; null if it is a comment.</summary>
    public Removal? Removal { get; }

    /// <summary>The id of either.</summary>
    public CommentId Id => Comment?.Id ?? Removal?.Id ?? default;

    /// <summary>
    /// About the bytes that it takes in a log: a comment as <see cref="BytesOf"/> counts, a removal 64, and 10 for each id that it names.
    /// As JSON it takes up to twice that.
    /// </summary>
    public int Bytes => Comment is { } comment
        ? BytesOf(comment.Author, comment.Message, Key, comment.Identity, comment.ReplyTo)
        : Overhead + RemovalBytes + RemovedIdBytes * (Removal?.Removed.Ids?.Count ?? 0);

    /// <summary>
    /// About the bytes that a comment takes in a log: its text in UTF-8, its key, 16 for its author's identity, 8 for what it answers, and 16.
    /// As JSON it takes up to twice that.
    /// </summary>
    public static int BytesOf(
        string author, string message, IdempotencyKey? key, AuthorIdentity? identity = null, CommentId? replyTo = null) =>
        Overhead + Encoding.UTF8.GetByteCount(author) + Encoding.UTF8.GetByteCount(message)
        + (key is null ? 0 : IdempotencyKey.ByteLength) + (identity is null ? 0 : IdentityBytes)
        + (replyTo is null ? 0 : ReplyBytes);
}

/// <summary>The end of a log.</summary>
/// <param name="Last">The id of its last entry, <see cref="CommentId.None"/> if it is empty.</param>
/// <param name="Keys">The keys asked for, with their comments' ids, in the order of the log; erased comments have theirs still.</param>
/// <param name="LastRemoval">The id of its last removal, <see cref="CommentId.None"/> if it has none.</param>
public sealed record LogTail(
    CommentId Last, IReadOnlyList<KeyValuePair<IdempotencyKey, CommentId>> Keys, CommentId LastRemoval = default);

/// <summary>What an author has in a stretch of a log.</summary>
/// <param name="Ids">The comments that are there still, rising.</param>
/// <param name="IsAddress">Whether the author is an address, whose id is published nowhere.</param>
public sealed record AuthorsComments(IReadOnlyList<CommentId> Ids, bool IsAddress);

/// <summary>The store cannot be reached, read or written. Trying again later may help.</summary>
public sealed class CommentsUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
