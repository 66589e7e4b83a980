using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes on to the upstream that somebody wants to be a guest.</summary>
internal sealed class GuestForwarder(UpstreamClient upstream) : IGuestHandler
{
    /// <summary>Only the upstream knows.</summary>
    public bool IsOpen => true;

    public async Task<IResult> GiveAsync(HttpContext context)
    {
        using var answer = await upstream.PostGuestAsync();
        var body = await UpstreamAnswer.ReadAsync(answer);
        context.Response.Headers.CacheControl = "no-store";
        return await UpstreamAnswer.PassBackAsync(answer, body, context.Response);
    }
}
