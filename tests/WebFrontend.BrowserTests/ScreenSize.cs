namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The sizes of window that the pages are looked at in.</summary>
internal static class ScreenSize
{
    public static ViewportSize Desktop => new() { Width = 1280, Height = 800 };

    public static ViewportSize Phone => new() { Width = 390, Height = 844 };

    public static ViewportSize Frame => new() { Width = 380, Height = 640 };
}
