namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>A test in the browser: reported as skipped where there is none, and failing there where one is required.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <inheritdoc cref="BrowserFactAttribute"/>
    public BrowserFactAttribute() => Skip = Chromium.ReasonToSkip;
}

/// <inheritdoc cref="BrowserFactAttribute"/>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="BrowserFactAttribute"/>
    public BrowserTheoryAttribute() => Skip = Chromium.ReasonToSkip;
}
