using System.Text;

namespace LiveComments.WebFrontend.Review;

/// <summary>
/// What texts look like, for comparison with a list of words: tokens (runs of letters and digits, or one symbol such as an emoji) with one
/// space before, between and after them. Case, what cannot be seen, and characters that are drawn alike make no difference.
/// </summary>
internal static class ComparedText
{
    // Fewer letters that stand alone are ordinary: "I a".
    private const int ShortestSpelling = 3;

    /// <summary>The two forms of a text (see <see cref="LookAlikes.FormsOf"/>), each as <c> token token </c>; a space if it has none.</summary>
    public static (string First, string Second) FormsOf(string text) => Frame(LookAlikes.FormsOf(Tokens(text)));

    /// <summary>
    /// The words that the text spells with letters that stand alone, as <c>b a d</c> or <c>b.a.d</c>: the letters of each such run together,
    /// in both forms. Null if it has no such run.
    /// </summary>
    public static (string First, string Second)? SpelledFormsOf(string text)
    {
        StringBuilder? spelled = null;
        var (tokens, run) = (Tokens(text), new StringBuilder());
        var letters = 0;
        foreach (var range in tokens.AsSpan().Split(' '))
        {
            var token = tokens.AsSpan(range);
            if (token.IsEmpty) continue;
            if (IsOneLetter(token))
            {
                run.Append(token);
                letters++;
                continue;
            }

            EndRun();
        }

        EndRun();
        return spelled is null ? null : Frame(LookAlikes.FormsOf(spelled.ToString()));

        void EndRun()
        {
            if (letters >= ShortestSpelling) (spelled ??= new()).Append(run).Append(' ');
            run.Clear();
            letters = 0;
        }
    }

    private static string Tokens(string text)
    {
        var tokens = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (TextParts.Of(rune))
            {
                // Most text.
                case TextPart.OfWord when rune.IsAscii:
                    tokens.Append((char)rune.Value);
                    break;
                case TextPart.OfWord:
                    tokens.Append(rune);
                    break;
                case TextPart.Symbol:
                    tokens.Append(' ').Append(rune).Append(' ');
                    break;
                case TextPart.Separator:
                    tokens.Append(' ');
                    break;
            }
        }

        return tokens.ToString();
    }

    private static (string First, string Second) Frame((string First, string Second) forms)
    {
        var first = Frame(forms.First);
        return (first, forms.First == forms.Second ? first : Frame(forms.Second));
    }

    private static string Frame(string form) => form.Trim(' ') is { Length: > 0 } tokens ? $" {tokens} " : " ";

    private static bool IsOneLetter(ReadOnlySpan<char> token)
    {
        Rune.DecodeFromUtf16(token, out var first, out var consumed);
        if (!Rune.IsLetterOrDigit(first)) return false;
        foreach (var rune in token[consumed..].EnumerateRunes())
            if (!TextParts.IsMark(rune)) return false;
        return true;
    }
}
