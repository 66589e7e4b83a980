namespace LiveComments.WebFrontend.Identity;

/// <summary>How tokens and issuers name videos: an id, or a prefix that ends in <c>*</c>.</summary>
internal static class VideoPattern
{
    private const char Rest = '*';

    /// <summary>Whether a text is such a pattern.</summary>
    public static bool IsValid(string pattern) =>
        pattern is [.. var prefix, Rest]
            ? prefix.Length == 0 || LiveVideoId.TryParse(prefix, null, out _)
            : LiveVideoId.TryParse(pattern, null, out _);

    /// <summary>Whether one of the patterns names a video.</summary>
    public static bool AnyNames(IReadOnlyList<string> patterns, LiveVideoId video)
    {
        var id = video.ToString();
        foreach (var pattern in patterns)
            if (pattern.EndsWith(Rest) ? id.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1)) : pattern == id) return true;
        return false;
    }
}
