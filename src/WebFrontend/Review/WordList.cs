using System.Buffers;

namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Finds words and phrases in texts. All of them are sought at once, in time that grows with the text and not with the list: .NET's
/// <see cref="SearchValues{T}"/> of strings builds one automaton (Aho and Corasick) of them.
/// </summary>
internal sealed class WordList
{
    /// <summary>The most words.</summary>
    public const int MaxWords = 100_000;

    /// <summary>The longest word or phrase, in UTF-16 code units.</summary>
    public const int MaxLength = 100;

    private const int ShortestSpelledWord = 3;

    private readonly SearchValues<string> _patterns;
    private readonly SearchValues<string> _spelled;

    private WordList(HashSet<string> patterns, HashSet<string> spelled, int count)
    {
        _patterns = SearchValues.Create([.. patterns], StringComparison.Ordinal);
        _spelled = SearchValues.Create([.. spelled], StringComparison.Ordinal);
        Count = count;
    }

    /// <summary>How many words it has.</summary>
    public int Count { get; }

    /// <summary>Makes a list.</summary>
    /// <param name="words">Words and phrases, with <c>*</c> at the start or end for any letters.</param>
    /// <exception cref="FormatException">One of them is none, or they are too many; the message is a sentence that says which.</exception>
    public static WordList Create(IEnumerable<string> words)
    {
        var (patterns, spelled, count) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var word in words)
        {
            if (++count > MaxWords) throw new FormatException($"There are more than {MaxWords:N0} words.");
            if (word.Length > MaxLength) throw new FormatException($"\"{word[..20]}…\" is longer than {MaxLength} characters.");
            var (first, second) = ComparedText.FormsOf(word.Trim('*'));
            if (first.Trim().Length == 0) throw new FormatException($"\"{word}\" has no letter, digit or symbol.");
            Add(first);
            Add(second);

            void Add(string form)
            {
                // The space on either side is where a word begins or ends.
                var start = word.StartsWith('*') ? 1 : 0;
                var end = word.EndsWith('*') ? form.Length - 1 : form.Length;
                patterns.Add(form[start..end]);
                if (form.Trim() is { Length: >= ShortestSpelledWord } bare && !bare.Contains(' ')) spelled.Add(bare);
            }
        }

        return new(patterns, spelled, count);
    }

    /// <summary>Whether a text has one of the words.</summary>
    public bool IsIn(string text)
    {
        if (Count == 0) return false;
        var (first, second) = ComparedText.FormsOf(text);
        if (Find(_patterns, first, second)) return true;
        return ComparedText.SpelledFormsOf(text) is var (spelledFirst, spelledSecond) && Find(_spelled, spelledFirst, spelledSecond);
    }

    private static bool Find(SearchValues<string> sought, string first, string second) =>
        first.AsSpan().ContainsAny(sought) || (!ReferenceEquals(first, second) && second.AsSpan().ContainsAny(sought));
}
