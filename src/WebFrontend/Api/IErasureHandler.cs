namespace LiveComments.WebFrontend.Api;

/// <summary>Handles erasures: an owner's node does it itself, an edge passes them on.</summary>
internal interface IErasureHandler
{
    /// <summary>Asks for the removal of all that somebody has written.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been asked for.</exception>
    Task<IResult> AskAsync(AuthorId author, HttpContext context);

    /// <summary>Answers with how far that is.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> FindAsync(AuthorId author, HttpContext context);
}
