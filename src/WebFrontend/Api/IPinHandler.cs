namespace LiveComments.WebFrontend.Api;

/// <summary>Handles the pinned comments of live videos: an owner's node does it itself, an edge passes requests on.</summary>
internal interface IPinHandler
{
    /// <summary>Answers with the comment that is pinned.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Pins a comment in place of any other.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been done.</exception>
    Task<IResult> PinAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Unpins whatever is pinned.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been done.</exception>
    Task<IResult> UnpinAsync(LiveVideoId liveVideoId, HttpContext context);
}
