using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes what concerns held comments on to the upstream: they never come to an edge.</summary>
internal sealed class HeldForwarder(RequestForwarder requests) : IHeldHandler
{
    public Task<IResult> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, HttpContext context) =>
        requests.ForwardAsync(context, $"/comments/{liveVideoId}/held?cursor={before}&limit={limit}");

    public Task<IResult> FindAsync(LiveVideoId liveVideoId, CommentId held, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> DecideAsync(LiveVideoId liveVideoId, CommentId held, HttpContext context) => requests.ForwardAsync(context);
}
