namespace LiveComments;

/// <summary>
/// Finds what looks like a link: <c>://</c> after a letter; <c>www.</c> at the start of a word and more after it; the end of a domain and a
/// slash, as in <c>example.org/</c>: a letter or digit, a full stop, at least two letters; or a domain without anything else, as
/// <see cref="Domains"/> has them. The time it takes grows with the text and no faster: each pass looks at a character twice at most.
/// </summary>
internal static class Links
{
    // In UTF-16 code units. The text of a comment has hardly more; another is copied to the heap.
    private const int MostOnStack = 1024;

    public static bool AreIn(ReadOnlySpan<char> message)
    {
        var buffer = message.Length <= MostOnStack ? stackalloc char[message.Length] : new char[message.Length];
        var text = LinkText.Read(message, buffer);
        return HasAddress(text) || Domains.AreIn(text);
    }

    private static bool HasAddress(ReadOnlySpan<char> text)
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
