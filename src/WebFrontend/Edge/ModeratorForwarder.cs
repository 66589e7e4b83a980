using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// Asks the upstream on a moderator's behalf, with the moderator's own token: what it shows moderators never comes to an edge.
/// </summary>
internal sealed class ModeratorForwarder(UpstreamClient upstream) : IModeratorReader
{
    public Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, HttpContext moderator) =>
        upstream.ReadAsync(liveVideoId, before, limit, moderator.Request.Headers.Authorization);
}
