namespace LiveComments.WebFrontend.FanOut;

/// <summary>What goes on in one video's hub.</summary>
/// <param name="Id">The video.</param>
/// <param name="Viewers">How many watch it on this node.</param>
/// <param name="Comments">How many comments have come since the hub was opened.</param>
internal readonly record struct VideoActivity(LiveVideoId Id, int Viewers, long Comments);
