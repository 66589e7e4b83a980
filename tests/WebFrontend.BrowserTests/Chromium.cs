namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The browser of this machine that the tests use.</summary>
internal static class Chromium
{
    /// <summary>Names the executable, where it lies elsewhere than in <c>PATH</c>.</summary>
    public const string PathVariable = "LIVECOMMENTS_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The path of the executable.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Path { get; } = Environment.GetEnvironmentVariable(PathVariable) ?? FindInPath()
        ?? throw new InvalidOperationException($"chromium is missing: run deploy/tools.sh, or name it in {PathVariable}.");

    private static string? FindInPath() =>
        (from folder in Environment.GetEnvironmentVariable("PATH")?.Split(System.IO.Path.PathSeparator) ?? []
         from name in Names
         let path = System.IO.Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
