namespace LiveComments;

/// <summary>The door to all live videos, whichever engine hosts them. Safe for use by many threads at once.</summary>
public interface ILiveVideos : ILiveVideoReader
{
    /// <summary>Posts a comment; completes when it is durable or refused.</summary>
    Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft);
}

/// <summary>The viewers' side of that door: all that a node needs which owns no videos. Safe for use by many threads at once.</summary>
public interface ILiveVideoReader
{
    /// <summary>Reads up to <paramref name="limit"/> (at least 1) comments with ids below <paramref name="before"/>.</summary>
    /// <exception cref="CommentsUnavailableException">They are not in memory and the store failed.</exception>
    Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit);

    /// <summary>
    /// Lets <paramref name="observer"/> see every batch of comments accepted from now on, until the watch is disposed of.
    /// The first batch may arrive before this completes.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The video was not in memory and the store failed.</exception>
    Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer);
}

/// <summary>A running observation of one live video; dispose of it to end it.</summary>
public interface ILiveVideoSubscription : IAsyncDisposable
{
    /// <summary>The last comment in the log when the watch began; the batches follow on it.</summary>
    CommentId Start { get; }

    /// <summary>
    /// Completes when the observer has been told of every comment that was acknowledged before the call, or of one that follows on it. Where
    /// that cannot be found out it completes after a second or so: the comments come later. An engine that tells before it acknowledges has
    /// nothing to do.
    /// </summary>
    Task SyncAsync() => Task.CompletedTask;
}

/// <summary>Sees the comments of one live video as they are accepted.</summary>
public interface ILiveVideoObserver
{
    /// <summary>Takes the next batch. It must return at once and not throw: the video waits for it.</summary>
    void OnBatch(CommentBatch batch);

    /// <summary>
    /// Another owner has written to the video's log, so that others may be asked there now: those who follow the video here do well to come again,
    /// for what leads them may lead them elsewhere. It must return at once and not throw. Where owners cannot change there is nothing to do.
    /// </summary>
    void OnOwnerChanged()
    {
    }
}

/// <summary>Comments accepted together.</summary>
/// <param name="Follows">
/// The comment that directly precedes the batch in the log. Where the observer's last comment is an earlier one it has
/// missed some, and reads them through <see cref="ILiveVideoReader.ReadAsync"/>.
/// </param>
/// <param name="Comments">The comments in the order of the log; none where the batch only tells how far the log is.</param>
public sealed record CommentBatch(CommentId Follows, IReadOnlyList<Comment> Comments);
