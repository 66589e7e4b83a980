namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The browser of this machine that the tests use.</summary>
internal static class Chromium
{
    /// <summary>Names the executable, where it lies elsewhere than in <c>PATH</c>.</summary>
    public const string PathVariable = "LIVECOMMENTS_CHROMIUM";

    /// <summary>Set where a machine without a browser is a failure and no reason to skip.</summary>
    public const string RequiredVariable = "CI";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The path of the executable; null where there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable(PathVariable) ?? FindInPath();

    /// <summary>Why tests in the browser cannot run here; null where they can, or must.</summary>
    public static string? ReasonToSkip { get; } =
        Path is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RequiredVariable))
            ? $"There is no chromium here; install it, or name it in {PathVariable}."
            : null;

    private static string? FindInPath() =>
        (from folder in Environment.GetEnvironmentVariable("PATH")?.Split(System.IO.Path.PathSeparator) ?? []
         from name in Names
         let path = System.IO.Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
