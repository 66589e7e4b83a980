namespace LiveComments.WebFrontend.Feed;

/// <summary>Reads the entries that one video's feed has missed: in the owner's memory, or in the log.</summary>
/// <param name="liveVideoId">The video.</param>
/// <param name="liveVideos">Where the log is read.</param>
/// <param name="subscription">The way to the owner.</param>
/// <param name="replay">How many missing comments are of use.</param>
internal sealed class MissingReader(LiveVideoId liveVideoId, ILiveVideoReader liveVideos, ILiveVideoSubscription subscription, int replay)
{
    // Mostly one or two batches are missing.
    private const int FirstRead = 64;
    private const int ReadsGrowBy = 4;

    /// <summary>The video.</summary>
    public LiveVideoId LiveVideo => liveVideoId;

    /// <inheritdoc cref="ILiveVideoSubscription.ReadAfterAsync"/>
    public Task<CommentBatch?> AskOwnerAsync(CommentId after) => subscription.ReadAfterAsync(after);

    /// <summary>Reads the log from an entry back to another one, or as far back as is of use.</summary>
    /// <exception cref="CommentsUnavailableException">The log cannot be read.</exception>
    public async Task<CommentPage> ReadLogAsync(CommentId after, CommentId last)
    {
        for (var limit = FirstRead; ; limit *= ReadsGrowBy)
        {
            limit = Math.Min(limit, replay + 1);
            var page = await liveVideos.ReadAsync(liveVideoId, last.Successor, limit);
            if (limit > replay || page.NextCursor is not { } start || start <= after) return page;
        }
    }
}
