using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes erasures on to the upstream as they came, and its answers back as they are.</summary>
internal sealed class ErasureForwarder(RequestForwarder requests) : IErasureHandler
{
    public Task<IResult> AskAsync(AuthorId author, HttpContext context) => requests.ForwardAsync(context);

    public Task<IResult> FindAsync(AuthorId author, HttpContext context) => requests.ForwardAsync(context);
}
