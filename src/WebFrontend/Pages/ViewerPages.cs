using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Pages;

/// <summary>The pages for viewers.</summary>
internal static class ViewerPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var http = routes.ServiceProvider.GetRequiredService<HttpOptions>();
        Map(routes, "/videos/{liveVideoId}", "watch.html");
        Map(routes, "/embed/{liveVideoId}", "embed.html", ["'self'", .. http.EmbedParents]);
    }

    private static void Map(IEndpointRouteBuilder routes, string pattern, string name, params IReadOnlyCollection<string> parents)
    {
        var page = new Page(PageFiles.All, name);
        routes.MapGet(pattern, IResult (string liveVideoId, HttpResponse response) =>
        {
            if (!LiveVideoId.TryParse(liveVideoId, null, out _)) return Problems.InvalidLiveVideoId();
            SecurityHeaders.SetForPage(response, parents);
            return page.Answer();
        });
    }
}
