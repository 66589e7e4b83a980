namespace LiveComments.Grains.Interfaces;

/// <summary>
/// Reads the log of any video for frontends, which have no store. It owns nothing: a page that is read through it makes no owner. Its key
/// only spreads the calls.
/// </summary>
[Alias("livecomments.LogReader")]
public interface ILogReaderGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Reads up to <paramref name="limit"/> (at least 1) comments of a video with ids below <paramref name="before"/>: every one that was
    /// acknowledged before the call is there.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    [Alias("Read")]
    Task<CommentPage> ReadAsync(string liveVideoId, CommentId before, int limit);

    /// <summary>Finds what the log of a video has under an id.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    [Alias("Find")]
    Task<FoundEntry> FindAsync(string liveVideoId, CommentId id);

    /// <summary>Reads the settings of a video: every change that was acknowledged before the call is in them.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    [Alias("ReadSettings")]
    Task<VideoSettings> ReadSettingsAsync(string liveVideoId);
}
