namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The functions that tests run in the page, from the folder <c>Checks</c>.</summary>
internal static class Script
{
    /// <summary>The text of one of them.</summary>
    public static string Named(string name)
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream(typeof(Script), $"Checks.{name}.js")
            ?? throw new ArgumentException("There is no such script.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
