using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>Gives guests their tokens: an owner's node makes them, an edge asks for them.</summary>
internal interface IGuestHandler
{
    /// <summary>Whether there are any.</summary>
    bool IsOpen { get; }

    /// <summary>Answers a request for one.</summary>
    /// <exception cref="CommentsUnavailableException">The node that makes them is away.</exception>
    Task<IResult> GiveAsync(HttpContext context);
}

/// <summary>Makes guests' tokens.</summary>
internal sealed class GuestHandler(GuestTokens tokens) : IGuestHandler
{
    public bool IsOpen => tokens.AreGiven;

    public Task<IResult> GiveAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Task.FromResult<IResult>(TypedResults.Json(tokens.Give(), WireJson.Context.NewGuest, statusCode: 201));
    }
}
