namespace LiveComments;

/// <summary>
/// Finds what looks like a link: <c>://</c> after a letter; <c>www.</c> at the start of a word and more after it; or the end of a domain
/// and a slash, as in <c>example.org/</c>: a letter or digit, a full stop, at least two letters. It looks at no character more often than
/// twice.
/// </summary>
internal static class Links
{
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':' && i > 0 && char.IsAsciiLetter(text[i - 1]) && text[i..].StartsWith("://")) return true;
            if (text[i] is 'w' or 'W'
                && (i == 0 || !char.IsLetterOrDigit(text[i - 1]))
                && text[i..].StartsWith("www.", StringComparison.OrdinalIgnoreCase)
                && i + 4 < text.Length
                && char.IsLetterOrDigit(text[i + 4]))
                return true;
            if (text[i] == '/' && EndsInDomain(text[..i])) return true;
        }

        return false;
    }

    // What it looks at has no slash, so no character is looked at for two slashes.
    private static bool EndsInDomain(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        return text.Length - start >= 2
            && start >= 2
            && text[start - 1] == '.'
            && char.IsLetterOrDigit(text[start - 2]);
    }
}
