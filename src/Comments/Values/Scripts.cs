namespace LiveComments;

/// <summary>Which scripts a text is written in.</summary>
internal static partial class Scripts
{
    // Those that are written together (UTS 39, 5.2: "highly restrictive").
    private static readonly int[][] Together = [[Latin, Han, Hiragana, Katakana], [Latin, Han, Bopomofo], [Latin, Han, Hangul]];

    /// <summary>
    /// Whether a text keeps to one script, or to some that are written together. One that does not may look like another: <c>Аda</c> with
    /// a Cyrillic <c>А</c>. Digits, punctuation, marks and emoji belong to every script.
    /// </summary>
    public static bool GoTogether(string text)
    {
        var found = new List<int>();
        foreach (var rune in text.EnumerateRunes())
            if (Of(rune.Value) is { } script && !found.Contains(script)) found.Add(script);
        return found.Count <= 1 || Together.Any(scripts => found.TrueForAll(script => scripts.Contains(script)));
    }

    /// <summary>The number of a character's script; null if it belongs to every one.</summary>
    private static int? Of(int character)
    {
        var (low, high) = (0, Ranges.Length / 3);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Ranges[3 * middle + 1] < character) low = middle + 1;
            else high = middle;
        }

        return 3 * low < Ranges.Length && Ranges[3 * low] <= character ? Ranges[3 * low + 2] : null;
    }
}
