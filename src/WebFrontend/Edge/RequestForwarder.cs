using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes a request on to the upstream as it came, with its sender's token, and the answer back as it is.</summary>
internal sealed class RequestForwarder(UpstreamClient upstream)
{
    /// <summary>Asks the upstream the same with this node's own token: it has judged the reader itself.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away.</exception>
    public async Task<IResult> AskAsync(HttpContext context)
    {
        using var answer = await upstream.GetAsync(context.Request.Path.Value!);
        return await UpstreamAnswer.PassBackAsync(answer, await UpstreamAnswer.ReadAsync(answer), context.Response);
    }

    /// <summary>Passes on a request whose address was checked.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away; it may have been done all the same.</exception>
    public Task<IResult> ForwardAsync(HttpContext context, int maxBytes = NewComment.MaxBytes) =>
        ForwardAsync(context, context.Request.Path.Value!, maxBytes);

    /// <summary>The same, to another address of the upstream.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away; it may have been done all the same.</exception>
    public async Task<IResult> ForwardAsync(HttpContext context, string path, int maxBytes = NewComment.MaxBytes)
    {
        if (await JsonBody.ReadBytesAsync(context.Request, maxBytes) is not { } body) return Problems.BodyTooLarge(maxBytes);
        using var answer = await upstream.SendOnAsync(
            new(context.Request.Method), path, body, context.Request.Headers);
        return await UpstreamAnswer.PassBackAsync(answer, await UpstreamAnswer.ReadAsync(answer), context.Response);
    }
}
