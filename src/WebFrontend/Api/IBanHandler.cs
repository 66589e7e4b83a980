namespace LiveComments.WebFrontend.Api;

/// <summary>Handles bans: an owner's node does it itself, an edge passes them on.</summary>
internal interface IBanHandler
{
    /// <summary>Bans somebody on a video, or with null on all.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been done.</exception>
    Task<IResult> BanAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context);

    /// <summary>Lifts a ban on a video, or with null on all.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been done.</exception>
    Task<IResult> LiftAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context);

    /// <summary>Bans some people on a video, and lifts the bans of others.</summary>
    /// <exception cref="CommentsUnavailableException">Each of it may or may not have been done.</exception>
    Task<IResult> ChangeAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Answers with the bans of a video.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Answers with the ban of somebody on all videos.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> FindOnSiteAsync(AuthorId author, HttpContext context);
}
