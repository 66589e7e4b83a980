using System.Security.Cryptography;
using LiveComments.WebFrontend.Wire;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Pages;

/// <summary>
/// The files that pages are made of, from inside the assembly. Each is an endpoint of its own; a client that has it gets 304.
/// </summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>Everything in <c>wwwroot</c>, and the client module from <c>client/src</c> beside it.</summary>
    public static IFileProvider All { get; } = new ManifestEmbeddedFileProvider(typeof(PageFiles).Assembly, "wwwroot");

    /// <summary>Maps all files but the pages, which have addresses of their own.</summary>
    public static void Map(IEndpointRouteBuilder routes) => Map(routes, "/");

    private static void Map(IEndpointRouteBuilder routes, string folder)
    {
        foreach (var file in All.GetDirectoryContents(folder))
        {
            var path = $"{folder}{file.Name}";
            if (file.IsDirectory) Map(routes, $"{path}/");
            else if (ContentTypes.TryGetValue(Path.GetExtension(file.Name), out var contentType))
                Map(routes, path, contentType, Read(file));
        }
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string contentType, byte[] content)
    {
        var version = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpResponse response) =>
        {
            SecurityHeaders.SetForPage(response, parents: []);
            return TypedResults.Bytes(content, contentType, entityTag: version);
        });
    }

    private static byte[] Read(IFileInfo file)
    {
        using var stream = file.CreateReadStream();
        var content = new byte[file.Length];
        stream.ReadExactly(content);
        return content;
    }
}
