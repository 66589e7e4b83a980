using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes removals, and requests for one comment, on to the upstream.</summary>
internal sealed class RemovalForwarder(RequestForwarder requests) : IRemovalHandler
{
    public Task<IResult> RemoveAsync(LiveVideoId liveVideoId, CommentId comment, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> RemoveManyAsync(LiveVideoId liveVideoId, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> RemoveAllAsync(LiveVideoId liveVideoId, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> FindReceiptAsync(LiveVideoId liveVideoId, CommentId removal, HttpContext context) =>
        requests.ForwardAsync(context);

    public Task<IResult> FindAsync(LiveVideoId liveVideoId, CommentId comment, HttpContext context) => requests.AskAsync(context);
}
