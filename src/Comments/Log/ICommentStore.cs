using System.Text;

namespace LiveComments;

/// <summary>
/// The log of every live video. One log is the comments of one video in rising order of their ids; it only grows.
/// Every method fails with <see cref="CommentsUnavailableException"/> where the store cannot be reached or read.
/// </summary>
public interface ICommentStore
{
    /// <summary>What all logs take, in bytes, as far as the store knows without effort; null where it does not.</summary>
    long? SizeInBytes => null;

    /// <summary>
    /// Appends to a log if it still ends where the caller thinks that it does, all or nothing, and returns when that is
    /// durable. This is the fence: of two owners of one video, the one who knows the log's end wins, the other gets
    /// <see cref="AppendResult.Conflict"/> and nothing of its own is written. After an exception the outcome is not known;
    /// read the tail again before the next append.
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="expectedLast">The id of the log's last comment, <see cref="CommentId.None"/> where it is empty.</param>
    /// <param name="entries">At least one entry, of rising ids greater than <paramref name="expectedLast"/>.</param>
    Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries);

    /// <summary>Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>, newest first.</summary>
    Task<IReadOnlyList<Comment>> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit);

    /// <summary>Reads where a log ends, and the keys of the comments from <paramref name="keysFrom"/> on.</summary>
    Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom);
}

/// <summary>How an append ended.</summary>
public enum AppendResult
{
    /// <summary>The entries are durable.</summary>
    Appended,

    /// <summary>The log ends elsewhere than expected; nothing was written.</summary>
    Conflict,
}

/// <summary>A comment with the key that it was posted under, if any.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Key">The author's key for it.</param>
public readonly record struct LogEntry(Comment Comment, IdempotencyKey? Key)
{
    // Its id, and what a store needs to tell one comment from the next.
    private const int Overhead = 16;

    /// <summary>About the bytes that a comment takes in a log: its text in UTF-8, its key and 16. As JSON it takes up to twice that.</summary>
    public static int BytesOf(string author, string message, IdempotencyKey? key) =>
        Overhead + Encoding.UTF8.GetByteCount(author) + Encoding.UTF8.GetByteCount(message) + (key is null ? 0 : IdempotencyKey.ByteLength);
}

/// <summary>The end of a log.</summary>
/// <param name="Last">The id of its last comment, <see cref="CommentId.None"/> where it is empty.</param>
/// <param name="Keys">The keys asked for, with their comments' ids, in the order of the log.</param>
public sealed record LogTail(CommentId Last, IReadOnlyList<KeyValuePair<IdempotencyKey, CommentId>> Keys);

/// <summary>The store cannot be reached, read or written. Trying again later may help.</summary>
public sealed class CommentsUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
