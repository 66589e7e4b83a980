namespace LiveComments.WebFrontend.Review;

/// <summary>Finds words and phrases in texts, by what they look like.</summary>
internal sealed class WordList
{
    /// <summary>The most words.</summary>
    public const int MaxWords = 100_000;

    /// <summary>The longest word or phrase, in UTF-16 code units.</summary>
    public const int MaxLength = 100;

    private const int ShortestSpelledWord = 3;

    private readonly WordPatterns _patterns;
    private readonly WordPatterns _spelled;

    private WordList(Dictionary<string, string> patterns, Dictionary<string, string> spelled, int count) =>
        (_patterns, _spelled, Count) = (new(patterns), new(spelled), count);

    /// <summary>How many words it has.</summary>
    public int Count { get; }

    /// <summary>Makes a list.</summary>
    /// <param name="words">Words and phrases, with <c>*</c> at the start or end for any letters.</param>
    /// <exception cref="FormatException">One of them is none, or they are too many; the message is a sentence that says which.</exception>
    public static WordList Create(IEnumerable<string> words)
    {
        var (patterns, spelled, count) = (NewPatterns(), NewPatterns(), 0);
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
                patterns.TryAdd(form[start..end], word);
                if (form.Trim() is { Length: >= ShortestSpelledWord } bare && !bare.Contains(' ')) spelled.TryAdd(bare, word);
            }
        }

        return new(patterns, spelled, count);
    }

    /// <summary>A word of the list that a text has, as it stands in the list; null if it has none.</summary>
    public string? Find(string text)
    {
        if (Count == 0) return null;
        var (first, second) = ComparedText.FormsOf(text);
        if (Find(_patterns, first, second) is { } word) return word;
        return ComparedText.SpelledFormsOf(text) is var (spelledFirst, spelledSecond) ? Find(_spelled, spelledFirst, spelledSecond) : null;
    }

    private static string? Find(WordPatterns patterns, string first, string second) =>
        patterns.Find(first) ?? (ReferenceEquals(first, second) ? null : patterns.Find(second));

    private static Dictionary<string, string> NewPatterns() => new(StringComparer.Ordinal);
}
