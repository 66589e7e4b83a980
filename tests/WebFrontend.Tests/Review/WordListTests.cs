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
    public void It_is_found(string word, string text) => Assert.NotNull(WordList.Create([word, "other"]).Find(text));

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
    public void It_is_not(string word, string text) => Assert.Null(WordList.Create([word]).Find(text));

    [Theory]
    [InlineData("this is bad", "BAD")]
    [InlineData("it is badly done", "badly*")]
    [InlineData("so gooodly", "*oodly")]
    [InlineData("a worse  thing", "worse thing*")]
    [InlineData("a worse one", "worse")]
    [InlineData("so w.o.r.s.e", "worse")]
    [InlineData("a naught\u0443 one", "naughty")]
    [InlineData("nothing", null)]
    public void The_word_is_told_as_it_stands_in_the_list_and_the_longest_of_one_place(string text, string? word) =>
        Assert.Equal(word, WordList.Create(["BAD", "bad", "*oodly", "worse", "worse thing*", "naughty", "bad*", "badly*"]).Find(text));

    [Fact]
    public void Of_very_many_each_is_found()
    {
        var words = Enumerable.Range(0, WordList.MaxWords).Select(i => $"word{i}x").ToList();
        var list = WordList.Create(words);

        Assert.Equal(WordList.MaxWords, list.Count);
        Assert.All(words.Where((_, i) => i % 997 == 0), word => Assert.Equal(word, list.Find($"a {word} b")));
        Assert.Null(list.Find("a word7 b"));
    }

    [Fact]
    public void An_empty_list_finds_nothing() => Assert.Null(WordList.Create([]).Find("anything"));

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
