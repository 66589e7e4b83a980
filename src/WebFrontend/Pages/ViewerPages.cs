using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Pages;

/// <summary>The pages for viewers, and for moderators.</summary>
internal static class ViewerPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var http = routes.ServiceProvider.GetRequiredService<HttpOptions>();
        var signIn = routes.ServiceProvider.GetRequiredService<AuthOptions>().SignInUrl;
        var watch = Read("watch.html", signIn);
        routes.MapGet("/videos/{liveVideoId}", (string liveVideoId, HttpResponse response) => Answer(liveVideoId, response, watch, []));
        var moderate = Read("moderate.html", signIn);
        // Nobody may hold it in a frame: a click there would be a removal.
        routes.MapGet("/moderate/{liveVideoId}", (string liveVideoId, HttpResponse response) => Answer(liveVideoId, response, moderate, []));
        Map(routes, "/embed/{liveVideoId}", ["'self'", .. http.EmbedParents], new()
        {
            [""] = Read("embed.html", signIn),
            ["overlay"] = Read("overlay.html"),
            ["read-only"] = Read("readonly.html"),
        });
    }

    /// <summary>Maps a page in its forms, by what <c>?as=</c> asks for.</summary>
    private static void Map(
        IEndpointRouteBuilder routes, string pattern, IReadOnlyCollection<string> parents, Dictionary<string, Page> forms)
    {
        routes.MapGet(pattern, IResult (string liveVideoId, [FromQuery(Name = "as")] string? form, HttpResponse response) =>
        {
            if (!forms.TryGetValue(form ?? "", out var page))
                return Problems.InvalidParameter("as", string.Join(" or ", forms.Keys.Where(name => name.Length > 0)));
            return Answer(liveVideoId, response, page, parents);
        });
    }

    private static IResult Answer(string liveVideoId, HttpResponse response, Page page, IReadOnlyCollection<string> parents)
    {
        if (!LiveVideoId.TryParse(liveVideoId, null, out _)) return Problems.InvalidLiveVideoId();
        SecurityHeaders.SetForPage(response, parents);
        return page.Answer();
    }

    private static Page Read(string name, Uri? signIn = null) => new(PageFiles.All, name, signIn);
}
