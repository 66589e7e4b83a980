namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Reads the history as everybody may see it: without comments that wait for their time (<see cref="VideoSettings.DelaySeconds"/>).
/// </summary>
/// <param name="videos">The history.</param>
/// <param name="owners">Where settings are known; null at an edge, whose upstream gives it no more than everybody may see.</param>
/// <param name="time">The clock.</param>
internal sealed class PublicView(ILiveVideoReader videos, ILiveVideos? owners, TimeProvider time)
{
    /// <summary>
    /// What is so old is public whatever the delay, also if the clock that it was dated with was a little ahead of this one.
    /// </summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2 * VideoSettings.MostDelaySeconds);

    /// <inheritdoc cref="ILiveVideoReader.ReadAsync"/>
    public async Task<CommentPage> ReadAsync(LiveVideoId video, CommentId before, int limit)
    {
        var page = await videos.ReadAsync(video, before, limit);
        var newest = before < page.AsOf ? before : page.AsOf;
        // The settings are read after the page: they hold for all that is in it.
        if (await HidesFromAsync(video, newest) is not { } upTo) return page;
        page = await videos.ReadAsync(video, upTo.Successor, limit);
        return page.AsOf > upTo ? page with { AsOf = upTo } : page;
    }

    /// <summary>Whether everybody may see a comment that was found.</summary>
    /// <exception cref="CommentsUnavailableException">The settings cannot be read.</exception>
    public async Task<bool> ShowsAsync(LiveVideoId video, CommentId comment) => await HidesFromAsync(video, comment) is null;

    /// <summary>After which id comments are hidden; null if none up to this one is.</summary>
    private async Task<CommentId?> HidesFromAsync(LiveVideoId video, CommentId newest)
    {
        var now = time.GetUtcNow();
        if (owners is null || newest.CreatedAt < now - Settled) return null;
        var upTo = (await owners.ReadSettingsAsync(video)).PublicAt(now);
        return upTo < newest ? upTo : null;
    }
}
