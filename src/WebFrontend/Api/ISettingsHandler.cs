namespace LiveComments.WebFrontend.Api;

/// <summary>Handles the settings of live videos: an owner's node does it itself, an edge passes requests on.</summary>
internal interface ISettingsHandler
{
    /// <summary>Answers with the settings of a video.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context);

    /// <summary>Changes the settings of a video.</summary>
    /// <exception cref="CommentsUnavailableException">They may or may not have been changed.</exception>
    Task<IResult> ChangeAsync(LiveVideoId liveVideoId, HttpContext context);
}
