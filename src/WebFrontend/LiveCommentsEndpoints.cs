using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Pages;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace LiveComments.WebFrontend;

/// <summary>Maps LiveComments' endpoints in any ASP.NET Core program.</summary>
public static class LiveCommentsEndpoints
{
    /// <summary>
    /// Maps the API and the stream: <c>/comments/{liveVideoId}</c> and what is below it. If <c>Http:AllowedOrigins</c> names origins, the program
    /// must have called <c>UseCors</c>.
    /// </summary>
    /// <returns>Applies conventions to all of these endpoints.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    public static IEndpointConventionBuilder MapLiveComments(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithApiConventions();
        CommentsApi.Map(api);
        StreamApi.Map(api);
        var origins = routes.ServiceProvider.GetRequiredService<HttpOptions>().AllowedOrigins;
        if (origins.Count > 0) api.RequireCors(policy => Allow(policy, origins));
        return api;
    }

    /// <summary>
    /// Maps the pages for viewers, <c>/videos/{liveVideoId}</c> and <c>/embed/{liveVideoId}</c>, the module <c>/client.js</c>, and the files that these
    /// are made of.
    /// </summary>
    /// <returns>Applies conventions to all of these endpoints.</returns>
    public static IEndpointConventionBuilder MapLiveCommentsPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ViewerPages.Map(pages);
        PageFiles.Map(pages);
        return pages;
    }

    /// <summary>Maps the operator page <c>/ops</c>. It needs <c>AddOperations</c>.</summary>
    /// <returns>Applies conventions to all of these endpoints.</returns>
    public static IEndpointConventionBuilder MapLiveCommentsOperations(this IEndpointRouteBuilder routes) => OperationsApi.Map(routes);

    private static void Allow(CorsPolicyBuilder policy, IReadOnlyList<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods("GET", "POST")
        .WithHeaders("Content-Type", "Idempotency-Key", "Last-Event-ID")
        .WithExposedHeaders("Retry-After");
}
