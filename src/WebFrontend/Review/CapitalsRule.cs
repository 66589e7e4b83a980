using System.ComponentModel.DataAnnotations;
using System.Text;

namespace LiveComments.WebFrontend.Review;

/// <summary>Messages in capitals: the section <c>Moderation:Capitals</c>.</summary>
public sealed record CapitalsOptions
{
    /// <summary>
    /// From how many capitals on, in percent of the letters that have a case, a message is matched; 0 = never. Messages with fewer than 10
    /// such letters are not. Default 0.
    /// </summary>
    [Range(0, 100)]
    public int Percent { get; set; }

    /// <summary>What becomes of it: <c>Hold</c> or <c>Refuse</c>. Default <c>Hold</c>.</summary>
    [EnumDataType(typeof(RuleVerdict))]
    public RuleVerdict Verdict { get; set; }
}

/// <summary>Matches messages in capitals.</summary>
internal sealed class CapitalsRule(CapitalsOptions options) : ITextRule
{
    private const int FewestLetters = 10;

    public ReviewVerdict? Judge(CommentDraft draft)
    {
        var (capitals, letters) = (0, 0);
        foreach (var rune in draft.Message.EnumerateRunes())
        {
            if (Rune.IsUpper(rune)) capitals++;
            else if (!Rune.IsLower(rune)) continue;
            letters++;
        }

        return letters >= FewestLetters && 100 * capitals >= options.Percent * letters ? ReviewVerdict.Of(options.Verdict, "capitals") : null;
    }
}
