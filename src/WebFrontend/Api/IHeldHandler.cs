namespace LiveComments.WebFrontend.Api;

/// <summary>Handles comments that wait for a moderator: an owner's node does it itself, an edge passes requests on.</summary>
internal interface IHeldHandler
{
    /// <summary>Answers with some of those that wait.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    Task<IResult> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, HttpContext context);

    /// <summary>Answers with what became of one.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> FindAsync(LiveVideoId liveVideoId, CommentId held, HttpContext context);

    /// <summary>Publishes or refuses one.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been done.</exception>
    Task<IResult> DecideAsync(LiveVideoId liveVideoId, CommentId held, HttpContext context);
}
