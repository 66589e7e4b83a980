using System.ComponentModel.DataAnnotations;
using System.Text;

namespace LiveComments.WebFrontend.Review;

/// <summary>Messages that repeat a character or a word: the section <c>Moderation:Repeats</c>.</summary>
public sealed record RepeatsOptions
{
    /// <summary>
    /// The longest run of one character, or of one word, that is not matched, whatever the case; 0 = any. White space is no character here.
    /// Default 0.
    /// </summary>
    [Range(0, 500)]
    public int Longest { get; set; }

    /// <summary>What becomes of it: <c>Hold</c> or <c>Refuse</c>. Default <c>Hold</c>.</summary>
    [EnumDataType(typeof(RuleVerdict))]
    public RuleVerdict Verdict { get; set; }
}

/// <summary>Matches messages that repeat a character or a word.</summary>
internal sealed class RepeatsRule(RepeatsOptions options) : ITextRule
{
    public ReviewVerdict? Judge(CommentDraft draft) =>
        RepeatsCharacter(draft.Message) || RepeatsWord(draft.Message) ? ReviewVerdict.Of(options.Verdict, "repeats") : null;

    private bool RepeatsCharacter(string message)
    {
        var (last, run) = (default(Rune), 0);
        foreach (var rune in message.EnumerateRunes())
        {
            var folded = Rune.ToLowerInvariant(rune);
            run = folded == last ? run + 1 : 1;
            if (run > options.Longest && !Rune.IsWhiteSpace(rune)) return true;
            last = folded;
        }

        return false;
    }

    private bool RepeatsWord(string message)
    {
        var (last, run) = (default(Range), 0);
        foreach (var word in message.AsSpan().SplitAny(" \t\n\u00A0\u2003\u3000"))
        {
            // Two separators have nothing in between.
            if (message.AsSpan(word).IsEmpty) continue;
            run = run > 0 && message.AsSpan(word).Equals(message.AsSpan(last), StringComparison.OrdinalIgnoreCase) ? run + 1 : 1;
            if (run > options.Longest) return true;
            last = word;
        }

        return false;
    }
}
