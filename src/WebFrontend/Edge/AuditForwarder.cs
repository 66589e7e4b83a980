using System.Globalization;
using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes requests for audits on to the upstream, with the moderator's own token.</summary>
internal sealed class AuditForwarder(RequestForwarder requests) : IAuditHandler
{
    public Task<IResult> ReadAsync(LiveVideoId? video, CommentId before, int limit, HttpContext context) => requests.ForwardAsync(
        context, string.Create(CultureInfo.InvariantCulture, $"{context.Request.Path.Value}?cursor={before}&limit={limit}"));

    public Task<IResult> ReadKeysAsync(HttpContext context) => requests.AskAsync(context);
}
