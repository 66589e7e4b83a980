using LiveComments.WebFrontend.Review;
using static LiveComments.WebFrontend.Tests.Review.ReviewParts;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>Capitals and repeats.</summary>
public sealed class TextRuleTests
{
    [Theory]
    [InlineData("ABCDEFGHij", true)]
    [InlineData("ABCDEFGhij", false)]
    [InlineData("ABCDEFGHI", false)]
    [InlineData("ПРИВЕТ ВСЕМ 123", true)]
    [InlineData("田田田田田田田田田田田田", false)]
    public void Capitals_are_counted_among_letters_with_a_case(string message, bool matched) =>
        Assert.Equal(matched, new CapitalsRule(new() { Percent = 80 }).Judge(Draft(message)) is { Reason: "capitals", Action: ReviewAction.Hold });

    [Theory]
    [InlineData("aaa", false)]
    [InlineData("aAaa", true)]
    [InlineData("!!!!", true)]
    [InlineData("\U0001F600\U0001F600\U0001F600\U0001F600", true)]
    [InlineData("a    b", false)]
    [InlineData("go go go", false)]
    [InlineData("go Go\n go  go", true)]
    [InlineData("go go stop go go", false)]
    public void The_longest_run_of_a_character_or_word_counts(string message, bool matched) =>
        Assert.Equal(
            matched,
            new RepeatsRule(new() { Longest = 3, Verdict = RuleVerdict.Refuse }).Judge(Draft(message))
                is { Reason: "repeats", Action: ReviewAction.Refuse });
}
