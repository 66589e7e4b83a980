using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Asks the upstream for pinned comments, and passes changes of them on.</summary>
internal sealed class PinForwarder(RequestForwarder requests) : IPinHandler
{
    public Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context) => requests.AskAsync(context);

    public Task<IResult> PinAsync(LiveVideoId liveVideoId, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> UnpinAsync(LiveVideoId liveVideoId, HttpContext context) => requests.ForwardAsync(context);
}
