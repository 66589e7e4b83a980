using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace LiveComments.WebFrontend.Pages;

/// <summary>
/// An HTML page, put together once: <c>&lt;!--#include "part.html"--&gt;</c> stands for the part that several pages share,
/// <c>&lt;!--#sign-in--&gt;</c> for the link to where viewers sign in.
/// </summary>
internal sealed partial class Page
{
    private const string SignIn = "<!--#sign-in-->\n";

    private readonly byte[] _html;

    /// <summary>Reads the page <paramref name="name"/> from <paramref name="files"/>.</summary>
    /// <param name="files">Where the pages are.</param>
    /// <param name="name">The name of the page.</param>
    /// <param name="signIn">Where viewers sign in; null if nowhere.</param>
    public Page(IFileProvider files, string name, Uri? signIn = null)
    {
        var link = signIn is null
            ? ""
            : $"        <a class=\"sign-in\" href=\"{HtmlEncoder.Default.Encode(signIn.AbsoluteUri)}\" target=\"_blank\">Sign in</a>\n";
        _html = Encoding.UTF8.GetBytes(Read(files, name).Replace(SignIn, link, StringComparison.Ordinal));
    }

    /// <summary>The answer that is this page.</summary>
    public FileContentHttpResult Answer() => TypedResults.Bytes(_html, "text/html; charset=utf-8");

    private static string Read(IFileProvider files, string name)
    {
        using var reader = new StreamReader(files.GetFileInfo(name).CreateReadStream());
        return Include().Replace(reader.ReadToEnd(), include => Read(files, include.Groups[1].Value));
    }

    [GeneratedRegex("<!--#include \"([a-z]+\\.html)\"-->\n")]
    private static partial Regex Include();
}
