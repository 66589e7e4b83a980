using LiveComments.WebFrontend.Settings;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace LiveComments.WebFrontend.Operations;

/// <summary>The pages for viewers and what they are made of, from inside the assembly.</summary>
internal static class Pages
{
    /// <summary>All that lies in <c>wwwroot</c>, and the client module from <c>client/src</c> beside it.</summary>
    public static IFileProvider Files { get; } = new ManifestEmbeddedFileProvider(typeof(Pages).Assembly, "wwwroot");

    /// <summary>Serves the files that pages ask for; the pages themselves have addresses of their own.</summary>
    public static void UsePageFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = Files,
        ContentTypeProvider = new FileExtensionContentTypeProvider(new Dictionary<string, string>
        {
            [".css"] = "text/css; charset=utf-8",
            [".js"] = "text/javascript; charset=utf-8",
            [".svg"] = "image/svg+xml",
        }),
        OnPrepareResponse = file => SecurityHeaders.SetForPage(file.Context.Response),
    });

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var settings = routes.ServiceProvider.GetRequiredService<HttpSettings>();
        routes.MapGet("/", () => TypedResults.Redirect("/videos/demo")).ExcludeFromDescription();
        routes.MapVideoPage("/videos/{liveVideoId}", "watch.html");
        routes.MapVideoPage("/embed/{liveVideoId}", "embed.html", ["'self'", .. settings.EmbedParents]);
    }

    private static void MapVideoPage(
        this IEndpointRouteBuilder routes, string pattern, string name, params IReadOnlyCollection<string> parents)
    {
        var page = new Page(Files, name);
        routes.MapGet(pattern, IResult (string liveVideoId, HttpResponse response) =>
        {
            if (!LiveVideoId.TryParse(liveVideoId, null, out _)) return Problems.InvalidLiveVideoId();
            SecurityHeaders.SetForPage(response, parents);
            return page.Answer();
        }).ExcludeFromDescription();
    }
}
