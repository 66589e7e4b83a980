using System.Buffers;

namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Finds patterns in texts, and of which words they are. All of them are sought at once, in time that grows with the text and not with the
/// list: .NET's <see cref="SearchValues{T}"/> of strings builds one automaton (Aho and Corasick) of them. Which one was found is looked up
/// only where there is one.
/// </summary>
internal sealed class WordPatterns
{
    private readonly SearchValues<string> _sought;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly int _longest;

    /// <param name="words">The patterns, each with its word.</param>
    public WordPatterns(Dictionary<string, string> words)
    {
        _sought = SearchValues.Create([.. words.Keys], StringComparison.Ordinal);
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = words.Count == 0 ? 0 : words.Keys.Max(pattern => pattern.Length);
    }

    /// <summary>The word of the first pattern in a text, of those that begin at one place the longest; null if it has none.</summary>
    public string? Find(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(_sought);
        if (at < 0) return null;
        for (var length = Math.Min(_longest, text.Length - at); length > 0; length--)
            if (_words.TryGetValue(text.Slice(at, length), out var word)) return word;
        throw new InvalidOperationException("What was found is no pattern.");
    }
}
