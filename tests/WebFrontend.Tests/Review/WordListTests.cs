using LiveComments.WebFrontend.Review;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>Which texts have a word of the list.</summary>
public sealed class WordListTests
{
    [Theory]
    [InlineData("bad", "bad")]
    [InlineData("bad", "This is BAD!")]
    [InlineData("BAD", "this is bad")]
    [InlineData("bad", "b\u200Bad")]
    [InlineData("bad", "b\u00ADa\u2060d")]
    [InlineData("bad", "\uFF42\uFF41\uFF44")]
    [InlineData("bad", "\U0001D41B\U0001D41A\U0001D41D")]
    [InlineData("bad", "b\u0430d")]
    [InlineData("b\u0430d", "bad")]
    [InlineData("bad", "so b a d.")]
    [InlineData("bad", "b.a.d")]
    [InlineData("bad", "b-a_d")]
    [InlineData("bad", "you are a b a d one")]
    [InlineData("bad", "bad\U0001F600")]
    [InlineData("bad word", "a bad,\n word")]
    [InlineData("bad*", "badly")]
    [InlineData("bad*", "bad")]
    [InlineData("*bad", "toobad")]
    [InlineData("*bad*", "toobadly")]
    [InlineData("f*ck", "f*ck")]
    [InlineData("\U0001F595", "hello\U0001F595\U0001F3FD")]
    [InlineData("müll", "MU\u0308LL")]
    [InlineData("damn", "d a m n")]
    public void It_is_found(string word, string text) => Assert.True(WordList.Create([word, "other"]).IsIn(text));

    [Theory]
    [InlineData("bad", "badly")]
    [InlineData("bad", "a toobad")]
    [InlineData("bad*", "toobadly")]
    [InlineData("*bad", "badly")]
    [InlineData("bad", "b ad")]
    [InlineData("bad", "bäd")]
    [InlineData("bad word", "bad and word")]
    [InlineData("bad", "\U0001F600 \u2026")]
    [InlineData("ab", "a b c")]
    public void It_is_not(string word, string text) => Assert.False(WordList.Create([word]).IsIn(text));

    [Fact]
    public void Of_very_many_each_is_found()
    {
        var words = Enumerable.Range(0, WordList.MaxWords).Select(i => $"word{i}x").ToList();
        var list = WordList.Create(words);

        Assert.Equal(WordList.MaxWords, list.Count);
        Assert.All(words.Where((_, i) => i % 997 == 0), word => Assert.True(list.IsIn($"a {word} b")));
        Assert.False(list.IsIn("a word7 b"));
    }

    [Fact]
    public void An_empty_list_finds_nothing() => Assert.False(WordList.Create([]).IsIn("anything"));

    [Theory]
    [InlineData("*")]
    [InlineData("...")]
    [InlineData("\u200B")]
    public void What_is_no_word_is_refused(string word) => Assert.Throws<FormatException>(() => WordList.Create([word]));

    [Fact]
    public void Too_many_and_too_long_ones_are_refused()
    {
        Assert.Throws<FormatException>(() => WordList.Create(Enumerable.Range(0, WordList.MaxWords + 1).Select(i => $"{i}")));
        Assert.Throws<FormatException>(() => WordList.Create([new string('a', WordList.MaxLength + 1)]));
    }
}
