using Microsoft.Extensions.FileProviders;

namespace LiveComments.WebFrontend.Operations;

/// <summary>The watch page and what it is made of, from inside the assembly.</summary>
internal static class Pages
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private static readonly ManifestEmbeddedFileProvider Files = new(typeof(Pages).Assembly, "wwwroot");

    /// <summary>Serves the files that pages ask for.</summary>
    public static void UsePageFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = Files,
        OnPrepareResponse = file => SetHeaders(file.Context.Response.Headers),
    });

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.Redirect("/videos/demo")).ExcludeFromDescription();
        routes.MapGet("/videos/{liveVideoId}", (string liveVideoId, HttpResponse response) =>
        {
            if (!LiveVideoId.TryParse(liveVideoId, null, out _)) return Problems.InvalidLiveVideoId();
            SetHeaders(response.Headers);
            return Results.File(Files.GetFileInfo("watch.html").CreateReadStream(), "text/html; charset=utf-8");
        }).ExcludeFromDescription();
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        // Asked for again each time, and answered with 304 where it is the same: a new version is seen at once.
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
    }
}
