namespace LiveComments.Client;

/// <summary>
/// What a followed live video brings, in order: a <see cref="CommentEvent"/>, <see cref="RemovalEvent"/>, <see cref="GapEvent"/>,
/// <see cref="SettingsEvent"/>, <see cref="PinEvent"/> or <see cref="ConnectionEvent"/>. A later version may have more: pass over what you
/// do not know.
/// </summary>
public abstract record LiveEvent
{
    private protected LiveEvent()
    {
    }

    /// <summary>
    /// The last entry that has come; null if none has. Keep it, and hand it to <see cref="LiveCommentsClient.FollowAsync"/> to go on right
    /// after what you have dealt with, also in another process.
    /// </summary>
    public CommentId? Position { get; init; }
}

/// <summary>A comment was posted. Each comes once, and ids rise.</summary>
/// <param name="Comment">The comment.</param>
public sealed record CommentEvent(Comment Comment) : LiveEvent;

/// <summary>Comments were taken back: show none of them any more. Some of them may never have come.</summary>
/// <param name="Id">The id of the removal.</param>
/// <param name="Removed">Which comments: ask <see cref="RemovedComments.Include"/>.</param>
public sealed record RemovalEvent(CommentId Id, RemovedComments Removed) : LiveEvent;

/// <summary>
/// Comments are not coming, because too many were missed. The history has them
/// (<see cref="LiveCommentsClient.ReadHistoryAsync"/> with <c>before</c>). What comes next is the backlog.
/// </summary>
/// <param name="After">The last entry before the gap.</param>
/// <param name="Before">The first entry after it.</param>
/// <param name="Removed">Comments up to <paramref name="After"/> that were removed in it: show them no more.</param>
/// <param name="Reset">Whether any comment up to <paramref name="After"/> may have been removed in it: show none of them any more.</param>
public sealed record GapEvent(CommentId After, CommentId Before, IReadOnlyList<CommentId> Removed, bool Reset) : LiveEvent;

/// <summary>
/// Who may post what, at first and whenever it changes. It does not come as long as nobody has ever changed it: then everybody may post.
/// </summary>
/// <param name="Settings">The settings that hold now.</param>
public sealed record SettingsEvent(VideoSettings Settings) : LiveEvent;

/// <summary>
/// Which comment moderators have pinned, at first and whenever that changes. It does not come as long as none ever was.
/// </summary>
/// <param name="Comment">The comment; null if none is pinned any more, also because it was removed.</param>
public sealed record PinEvent(Comment? Comment) : LiveEvent;

/// <summary>The connection is another: of interest to whoever shows it, or logs it. Nothing is to be done.</summary>
/// <param name="State">How it is now.</param>
/// <param name="RetryIn">When it tries again, from now on; null if it is live.</param>
/// <param name="Problem">Why it is not live; null if it is, and where the server has ended the stream.</param>
public sealed record ConnectionEvent(ConnectionState State, TimeSpan? RetryIn, ProblemException? Problem) : LiveEvent;

/// <summary>How a connection is.</summary>
public enum ConnectionState
{
    /// <summary>Connected: what is posted comes.</summary>
    Live,

    /// <summary>Not connected. It tries again by itself, and goes on right after the last entry.</summary>
    Reconnecting,
}
