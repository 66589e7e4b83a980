using LiveComments.WebFrontend.Review;
using Microsoft.Extensions.Options;
using static LiveComments.WebFrontend.Tests.Review.ReviewParts;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>The list of words in a file.</summary>
public sealed class WordsRuleTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly ManualTime _time = new();
    private readonly Lines _lines = new();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_file_is_read_again_when_it_changes_and_one_that_is_wrong_leaves_the_list_as_it_was()
    {
        File.WriteAllText(_file, "# ours\n\n bad \r\n");
        using var rule = Rule(new() { File = _file, List = ["worse"], Verdict = RuleVerdict.Refuse });
        Assert.Equal((true, true, false), (Finds(rule, "bad"), Finds(rule, "worse"), Finds(rule, "ours")));
        Assert.Equal(ReviewAction.Refuse, rule.Judge(Draft("bad"))!.Value.Action);

        File.WriteAllText(_file, "good grief\n");
        _time.Advance(WordsRule.LookAgain);
        Assert.Equal((false, true, true), (Finds(rule, "bad"), Finds(rule, "worse"), Finds(rule, "Good grief!")));
        Assert.Contains("2 words", Assert.Single(_lines.All), StringComparison.Ordinal);

        File.WriteAllBytes(_file, [0xFF, 0xFE, 0xFD]);
        _time.Advance(WordsRule.LookAgain);
        File.WriteAllText(_file, "***\n");
        _time.Advance(WordsRule.LookAgain);
        File.Delete(_file);
        _time.Advance(WordsRule.LookAgain);
        Assert.True(Finds(rule, "good grief"));
        Assert.Contains("The last one serves", _lines.All.Last(), StringComparison.Ordinal);
        Assert.Equal(2, _lines.All.Count);
    }

    [Fact]
    public void The_name_that_an_author_chose_is_looked_at_and_one_that_an_issuer_vouches_for_is_not()
    {
        using var rule = Rule(new() { List = ["bad"] });

        Assert.Equal("bad", rule.Judge(Draft("Hello", author: "Bad"))!.Value.Word);
        Assert.Null(rule.Judge(Drafts.Draft("Hello", author: "Bad", person: Ada)));
    }

    [Fact]
    public void A_file_that_is_wrong_at_the_start_names_the_setting()
    {
        var missing = Assert.Throws<OptionsValidationException>(() => Rule(new() { File = "/nowhere/words.txt" }));
        Assert.Contains("Moderation:Words:File", missing.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<OptionsValidationException>(() => Rule(new() { List = ["*"] }));
        Assert.Contains("Moderation:Words:List", wrong.Message, StringComparison.Ordinal);
    }

    private WordsRule Rule(WordsOptions options) => new(options, _time, new(_time, _lines));

    private static bool Finds(WordsRule rule, string message) => rule.Judge(Draft(message)) is not null;
}
