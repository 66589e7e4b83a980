using System.Text.Encodings.Web;
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
        var pages = routes.ServiceProvider.GetRequiredService<PagesOptions>();
        var parts = new Dictionary<string, string>
        {
            ["sign-in"] = SignIn(routes.ServiceProvider.GetRequiredService<AuthOptions>().SignInUrl),
            ["picture"] = Picture(pages.VideoUrl),
        };
        var watch = Read("watch.html", parts);
        routes.MapGet(
            "/videos/{liveVideoId}",
            (string liveVideoId, HttpResponse response) => Answer(liveVideoId, response, watch, [], pages.VideoOrigin));
        var moderate = Read("moderate.html", parts);
        // Nobody may hold it in a frame: a click there would be a removal.
        routes.MapGet("/moderate/{liveVideoId}", (string liveVideoId, HttpResponse response) => Answer(liveVideoId, response, moderate, []));
        Map(routes, "/embed/{liveVideoId}", ["'self'", .. http.EmbedParents], new()
        {
            [""] = Read("embed.html", parts),
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

    private static IResult Answer(
        string liveVideoId, HttpResponse response, Page page, IReadOnlyCollection<string> parents, string? videoOrigin = null)
    {
        if (!LiveVideoId.TryParse(liveVideoId, null, out _)) return Problems.InvalidLiveVideoId();
        SecurityHeaders.SetForPage(response, parents, videoOrigin);
        return page.Answer();
    }

    private static Page Read(string name, IReadOnlyDictionary<string, string>? parts = null) => new(PageFiles.All, name, parts);

    /// <summary>The link to where viewers sign in, if there is one.</summary>
    private static string SignIn(Uri? address) => address is null
        ? ""
        : $"        <a class=\"sign-in\" href=\"{HtmlEncoder.Default.Encode(address.AbsoluteUri)}\" target=\"_blank\">Sign in</a>\n";

    /// <summary>The video, or the drawn picture in its place.</summary>
    private static string Picture(string? address) => address is null
        ? "    <canvas class=\"stage-picture\" role=\"img\" aria-label=\"A sailing boat at sunset\"></canvas>\n"
        : $"""
              <video class="stage-picture" data-address="{HtmlEncoder.Default.Encode(address)}" aria-label="The video" controls muted playsinline></video>
              <p class="stage-trouble" role="status" hidden>The video has not begun, or this browser cannot play it. It is tried again.</p>

          """;
}
