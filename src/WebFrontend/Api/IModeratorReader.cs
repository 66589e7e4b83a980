namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Reads the history as moderators are shown it: authors without a token have an <c>authorId</c>, which is of their address.
/// </summary>
internal interface IModeratorReader
{
    /// <summary>
    /// Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/> for a moderator of the video.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, HttpContext moderator);
}

/// <summary>Reads it where the owners, and so the addresses, are known.</summary>
internal sealed class ModeratorReader(ILiveVideoReader liveVideos) : IModeratorReader
{
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, HttpContext moderator)
    {
        var page = await liveVideos.ReadAsync(liveVideoId, before, limit);
        return page with { Comments = [.. page.Comments.Select(comment => comment.ForModerators)] };
    }
}
