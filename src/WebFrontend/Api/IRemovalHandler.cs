namespace LiveComments.WebFrontend.Api;

/// <summary>Handles removals, and requests for one comment: an owner's node does it itself, an edge passes them on.</summary>
internal interface IRemovalHandler
{
    /// <summary>Removes one comment.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been removed.</exception>
    Task<IResult> RemoveAsync(LiveVideoId liveVideoId, CommentId comment, HttpContext context);

    /// <summary>Removes all comments of an author, or of everybody, as the body says.</summary>
    /// <exception cref="CommentsUnavailableException">They may or may not have been removed.</exception>
    Task<IResult> RemoveManyAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Removes all comments of a video.</summary>
    /// <exception cref="CommentsUnavailableException">They may or may not have been removed.</exception>
    Task<IResult> RemoveAllAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Answers with who of those who watch was told of a removal.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> FindReceiptAsync(LiveVideoId liveVideoId, CommentId removal, HttpContext context);

    /// <summary>Answers with a comment.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> FindAsync(LiveVideoId liveVideoId, CommentId comment, HttpContext context);
}
