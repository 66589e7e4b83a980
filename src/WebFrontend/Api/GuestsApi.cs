using System.Threading.RateLimiting;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoint at which a viewer becomes a guest: somebody with an id and without a name of its own.</summary>
internal sealed class GuestsApi(IGuestHandler guests, LimitsOptions limits)
{
    private readonly AddressLimiter _perAddress =
        TokenBuckets.Create(_ => limits.GuestsPerSecond > 0, limits.GuestsPerSecond, limits.GuestBurst);

    /// <summary>Maps it, if guests get tokens. In a program of its own nothing else may be at its address then.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<GuestsApi>(routes.ServiceProvider);
        if (!api.IsOpen) return;
        // As a delegate: a method of this form would be taken for one that answers by itself.
        routes.MapPost("/guests", (Delegate)api.GiveAsync)
            .WithSummary("Become a guest")
            .WithDescription(
                "Gives a token for Authorization: Bearer. Comments posted with it carry one author's id; the name is in each body.")
            .Produces<NewGuest>(201)
            .ProducesProblems(429, 503);
    }

    private bool IsOpen => guests.IsOpen;

    private async Task<IResult> GiveAsync(HttpContext context)
    {
        using RateLimitLease lease = _perAddress.Enter(context);
        return lease.IsAcquired
            ? await guests.GiveAsync(context)
            : Problems.TooManyGuests().RetryLater(context, TokenBuckets.RetryAfter(lease));
    }
}
