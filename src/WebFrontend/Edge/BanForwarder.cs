using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes bans on to the upstream as they came, and its answers back as they are.</summary>
internal sealed class BanForwarder(RequestForwarder requests) : IBanHandler
{
    public Task<IResult> BanAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> LiftAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> ChangeAsync(LiveVideoId liveVideoId, HttpContext context) =>
        requests.ForwardAsync(context, NewBan.MaxBytesOfMany);

    public Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> FindOnSiteAsync(AuthorId author, HttpContext context) => requests.ForwardAsync(context);
}
