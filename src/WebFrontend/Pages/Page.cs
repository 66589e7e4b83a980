using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace LiveComments.WebFrontend.Pages;

/// <summary>
/// An HTML page, put together once: <c>&lt;!--#include "part.html"--&gt;</c> stands for the part that several pages share, and
/// <c>&lt;!--#name--&gt;</c> for what the settings make of it.
/// </summary>
internal sealed partial class Page
{
    private readonly byte[] _html;

    /// <summary>Reads the page <paramref name="name"/> from <paramref name="files"/>.</summary>
    /// <param name="files">Where the pages are.</param>
    /// <param name="name">The name of the page.</param>
    /// <param name="parts">What the settings make of its parts, as lines of HTML, by their names; those that are not here are left out.</param>
    public Page(IFileProvider files, string name, IReadOnlyDictionary<string, string>? parts = null) =>
        _html = Encoding.UTF8.GetBytes(Part().Replace(Read(files, name), part => parts?.GetValueOrDefault(part.Groups[1].Value) ?? ""));

    /// <summary>The answer that is this page.</summary>
    public FileContentHttpResult Answer() => TypedResults.Bytes(_html, "text/html; charset=utf-8");

    private static string Read(IFileProvider files, string name)
    {
        using var reader = new StreamReader(files.GetFileInfo(name).CreateReadStream());
        return Include().Replace(reader.ReadToEnd(), include => Read(files, include.Groups[1].Value));
    }

    [GeneratedRegex("<!--#include \"([a-z]+\\.html)\"-->\n")]
    private static partial Regex Include();

    [GeneratedRegex("<!--#([a-z-]+)-->\n")]
    private static partial Regex Part();
}
