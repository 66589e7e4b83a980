using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Pages;

namespace LiveComments.WebFrontend;

/// <summary>Maps LiveComments' endpoints in any ASP.NET Core program.</summary>
public static class LiveCommentsEndpoints
{
    /// <summary>
    /// Maps the API and the stream: <c>/comments/{liveVideoId}</c> and <c>/people/{authorId}</c> with what is below them, and
    /// <c>/guests</c> if guests get tokens. If
    /// <c>Http:AllowedOrigins</c> names origins, the program must have called <c>UseCors</c>.
    /// </summary>
    /// <returns>Applies conventions to all of these endpoints.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    public static IEndpointConventionBuilder MapLiveComments(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithApiConventions().WithExactAddresses();
        CommentsApi.Map(api);
        ReplayApi.Map(api);
        StreamApi.Map(api);
        RemovalsApi.Map(api);
        ReportsApi.Map(api);
        BansApi.Map(api);
        ErasuresApi.Map(api);
        SettingsApi.Map(api);
        PinApi.Map(api);
        HeldApi.Map(api);
        AuditApi.Map(api);
        // An edge cannot judge who owns what it shows.
        if (routes.ServiceProvider.GetService<ILiveVideos>() is not null)
        {
            ExportApi.Map(api);
            AuditExportApi.Map(api);
        }

        GuestsApi.Map(api);
        AllowOrigins(routes, api);
        return api;
    }

    /// <summary>
    /// Maps the pages for viewers, <c>/videos/{liveVideoId}</c> and <c>/embed/{liveVideoId}</c>, the module <c>/client.js</c>, and the
    /// files that these are made of.
    /// </summary>
    /// <returns>Applies conventions to all of these endpoints.</returns>
    public static IEndpointConventionBuilder MapLiveCommentsPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ViewerPages.Map(pages.MapGroup("").WithExactAddresses(slashLeads: true));
        var files = pages.MapGroup("").WithExactAddresses();
        PageFiles.Map(files);
        // A page of another origin imports the module from here.
        AllowOrigins(routes, files);
        return pages;
    }

    /// <summary>Maps the operator page <c>/ops</c>. It needs <c>AddOperations</c>.</summary>
    /// <returns>Applies conventions to all of these endpoints.</returns>
    public static IEndpointConventionBuilder MapLiveCommentsOperations(this IEndpointRouteBuilder routes) => OperationsApi.Map(routes);

    private static void AllowOrigins(IEndpointRouteBuilder routes, IEndpointConventionBuilder endpoints)
    {
        var origins = routes.ServiceProvider.GetRequiredService<HttpOptions>().AllowedOrigins;
        if (origins.Count == 0) return;
        endpoints.RequireCors(policy => policy
            .WithOrigins([.. origins])
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Last-Event-ID")
            .WithExposedHeaders("Date", "ETag", RemovalHeader.Name, "Location", "Retry-After", "WWW-Authenticate"));
    }
}
