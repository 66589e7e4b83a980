namespace LiveComments;

/// <summary>All live videos, whichever host they have. Safe for use by many threads at once.</summary>
public interface ILiveVideos : ILiveVideoReader
{
    /// <summary>Posts a comment; completes when it is durable or refused.</summary>
    Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft);

    /// <summary>
    /// Removes comments, bans somebody or changes the settings; completes when the texts have left the store, what was decided holds and
    /// all who watch are being told, or it is refused.
    /// </summary>
    Task<RemovalOutcome> RemoveAsync(LiveVideoId liveVideoId, RemovalRequest request);

    /// <summary>The bans of a video that hold now, the last one first.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    Task<IReadOnlyList<Ban>> ReadBansAsync(LiveVideoId liveVideoId);

    /// <summary>The settings of a video: every change that was acknowledged before the call is in them.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    Task<VideoSettings> ReadSettingsAsync(LiveVideoId liveVideoId);

    /// <summary>Finds what the log has under an id.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id);
}

/// <summary>What viewers need of all live videos, and all that a node uses which owns none. Safe for use by many threads at once.</summary>
public interface ILiveVideoReader
{
    /// <summary>Reads up to <paramref name="limit"/> (at least 1) comments with ids below <paramref name="before"/>.</summary>
    /// <exception cref="CommentsUnavailableException">They are not in memory and the store failed.</exception>
    Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit);

    /// <summary>
    /// Tells <paramref name="observer"/> of every batch of comments accepted from now on, until the subscription is disposed of.
    /// The first batch may arrive before this completes.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The video was not in memory and the store failed.</exception>
    Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer);
}

/// <summary>A subscription to one live video. Dispose of it to end it.</summary>
public interface ILiveVideoSubscription : IAsyncDisposable
{
    /// <summary>The last entry in the log when the subscription began; the first batch follows on it.</summary>
    CommentId Start { get; }

    /// <summary>
    /// The last removal in the log when the subscription began, <see cref="CommentId.None"/> if there was none; null if it is not known.
    /// </summary>
    CommentId? LastRemoval => null;

    /// <summary>The settings of the video when the subscription began, as far as they are known.</summary>
    VideoSettings Settings => VideoSettings.Default;

    /// <summary>
    /// Completes when the observer has been told of every entry that was acknowledged before the call. If the owner cannot be asked, it
    /// completes after about a second, and the comments come later. A host that tells observers before it acknowledges has nothing to do.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">What came is so old that part of it may have been removed since.</exception>
    Task SyncAsync() => Task.CompletedTask;

    /// <summary>
    /// The entries after one, without a read of the log, for an observer that has missed some; null where the owner cannot be asked, or
    /// does not answer in half a second. If it does not have all of them, the batch is empty and tells where the log ends. It does not
    /// throw.
    /// </summary>
    Task<CommentBatch?> ReadAfterAsync(CommentId entry) => Task.FromResult<CommentBatch?>(null);
}

/// <summary>Sees the comments of one live video as they are accepted.</summary>
public interface ILiveVideoObserver
{
    /// <summary>Takes the next batch. It must return at once and not throw: the video waits for it.</summary>
    void OnBatch(CommentBatch batch);

    /// <summary>
    /// Another owner has written to the video's log. Viewers should reconnect, so that a load balancer can route them to it. It must return
    /// at once and not throw.
    /// </summary>
    void OnOwnerChanged()
    {
    }

    /// <summary>
    /// What has come is so old that part of it may have been removed since; told again and again while that is so. Whoever passes it on to
    /// others must stop. It must return at once and not throw.
    /// </summary>
    void OnStale()
    {
    }
}

/// <summary>Entries that came into a video's log together.</summary>
/// <param name="Follows">
/// The entry that directly precedes the batch in the log. If the observer's last entry is an earlier one, it has missed some, and reads
/// them through <see cref="ILiveVideoReader.ReadAsync"/>.
/// </param>
/// <param name="Comments">The comments in the order of the log.</param>
public sealed record CommentBatch(CommentId Follows, IReadOnlyList<Comment> Comments)
{
    /// <summary>A batch without entries, which tells the settings alone.</summary>
    public static CommentBatch Of(VideoSettings settings) => new(CommentId.None, []) { Settings = settings };

    /// <summary>The removals in the order of the log. Comments of the same batch may be among those that they take back.</summary>
    public IReadOnlyList<Removal> Removals { get; init; } = [];

    /// <summary>The settings of the video, if the batch tells them; else null. Those with the greater version are the later ones.</summary>
    public VideoSettings? Settings { get; init; }

    /// <summary>A batch without entries, which tells of removals before their places are public.</summary>
    public static CommentBatch OfEarly(IReadOnlyList<Removal> removals) => new(CommentId.None, []) { Early = removals };

    /// <summary>
    /// Removals that hold already and whose places come later, behind entries that are not public yet: see
    /// <see cref="VideoSettings.DelaySeconds"/>. They are told again, in their places, and may be told here several times.
    /// </summary>
    public IReadOnlyList<Removal> Early { get; init; } = [];

    /// <summary>The last entry of the batch; <see cref="Follows"/> if it only tells where the log ends.</summary>
    public CommentId Last
    {
        get
        {
            var last = Comments is [.., var comment] ? comment.Id : Follows;
            return Removals is [.., var removal] && removal.Id > last ? removal.Id : last;
        }
    }
}
