namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Pictures of the pages: they go to <c>screenshots</c> beside the tests, and also to the folder that <c>LIVECOMMENTS_SCREENSHOTS</c>
/// names.
/// </summary>
internal static class Screenshots
{
    private static readonly string?[] Folders =
        [Path.Combine(AppContext.BaseDirectory, "screenshots"), Environment.GetEnvironmentVariable("LIVECOMMENTS_SCREENSHOTS")];

    public static async Task TakeAsync(Window window, string name, bool whole = false)
    {
        var picture = await window.Page.ScreenshotAsync(new() { FullPage = whole, Animations = ScreenshotAnimations.Disabled });
        foreach (var folder in Folders.Where(folder => !string.IsNullOrEmpty(folder)))
        {
            Directory.CreateDirectory(folder!);
            await File.WriteAllBytesAsync(Path.Combine(folder!, $"{name}.png"), picture);
        }
    }
}
