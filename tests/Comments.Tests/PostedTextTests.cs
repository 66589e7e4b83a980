namespace LiveComments.Comments.Tests;

/// <summary>Which texts are repeats.</summary>
public sealed class PostedTextTests
{
    private static readonly AuthorId Ada = new(1);
    private static readonly AuthorId Eve = new(2);

    [Theory]
    [InlineData("Hello World", "hello world")]
    [InlineData("Hello World", " HELLO, world!!! ")]
    [InlineData("Hello World", "H e l l o W o r l d")]
    [InlineData("Hello World", "Hello\nWorld 🔥🔥")]
    [InlineData("Hello World", "He\u200Bllo\u2060 World")]
    [InlineData("Hello World", "Heeeelllo Worlddd")]
    [InlineData("Hello World", "Heeee-eelllo Worlddd")]
    [InlineData("Hello World", "HeIIo WorId")]
    [InlineData("Hello World", "Hell0 W0r1d")]
    [InlineData("Hello World", "Hеllо Wоrld")]
    [InlineData("Hello World", "Ｈｅｌｌｏ　Ｗｏｒｌｄ")]
    [InlineData("Hello World", "H\u0301e\u0301llo World")]
    [InlineData("goal", "GOOOOAL")]
    [InlineData("goal", "g⊙o.a.l")]
    [InlineData("abc", "Ⓐⓑ\U0001D41C")]
    [InlineData("Ада", "ада!")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("José", "Jose")]
    [InlineData("東京", "東 京。")]
    [InlineData("2-0", "2 : 0")]
    [InlineData("🔥", " 🔥 ")]
    [InlineData("!?", "!?")]
    [InlineData("ノノノ", "ノ")]
    public void They_are_the_same_of_the_same_person_and_short_ones_of_another_are_not(string text, string other)
    {
        Assert.Equal(PostedText.Of(Ada, text), PostedText.Of(Ada, other));
        Assert.NotEqual(PostedText.Of(Ada, text), PostedText.Of(Eve, other));
    }

    [Theory]
    [InlineData("Hello World", "Hello Word")]
    [InlineData("2-0", "2-1")]
    [InlineData("2-0", "2-2")]
    [InlineData("100", "10")]
    [InlineData("2-22", "2-2")]
    [InlineData("goal 1", "goal 2")]
    [InlineData("🔥", "🔥🔥")]
    [InlineData("🔥", "😀")]
    [InlineData("!", "?")]
    [InlineData("!", "a")]
    [InlineData("東京", "京都")]
    [InlineData("กา", "กิ")]
    [InlineData("हिंदी", "हद")]
    public void They_are_different(string text, string other) =>
        Assert.NotEqual(PostedText.Of(Ada, text), PostedText.Of(Ada, other));

    [Theory]
    [InlineData("Get your free tickets here", "GET your free tickets, here 🔥")]
    [InlineData("Get your free tickets here", "Get your free tickets here 4711")]
    [InlineData("Get your free tickets here", "12 Get your 34 free tickets here ⑤ Ⅷ ٣")]
    [InlineData("Get 1 free ticket for you here", "Get 250 free ticket for you here")]
    [InlineData("Бесплатные билеты только здесь", "бесплатные билеты 7 только здесь!")]
    [InlineData("Get your free tickets here", "Gеt yоur frее tiсkеts hеrе")]
    public void Long_ones_are_the_same_whoever_writes_them_and_whatever_the_numbers(string text, string other) =>
        Assert.Equal(PostedText.Of(Ada, text), PostedText.Of(Eve, other));

    [Fact]
    public void Long_is_so_many_letters_without_those_that_repeat_the_one_before_and_without_digits()
    {
        const string letters = "abcdefghjkmnopqrstuv";
        Assert.Equal(PostedText.Long, letters.Length);
        Assert.Null(PostedText.Of(Ada, letters).Author);
        Assert.Equal(Ada, PostedText.Of(Ada, letters[1..]).Author);
        Assert.Equal(Ada, PostedText.Of(Ada, letters[1..] + "vvvvvvv 2345 !!").Author);
        Assert.Equal(Ada, PostedText.Of(Ada, new string('a', 500)).Author);
    }

    [Fact]
    public void A_text_of_the_characters_that_become_most_is_taken()
    {
        var text = string.Concat(Enumerable.Repeat("\uFDFA\u3000", 250));
        Assert.Equal(PostedText.Of(Ada, text), PostedText.Of(Ada, text.Trim()));
    }
}
