namespace LiveComments.Tests;

public sealed class LiveVideoIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Ab_9-z")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Accepts_the_alphabet_up_to_64(string text) => Assert.Equal(text, LiveVideoId.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Refuses_all_else(string? text) => Assert.False(LiveVideoId.TryParse(text, null, out _));

    [Fact]
    public void Case_matters() => Assert.NotEqual(LiveVideoId.Parse("a"), LiveVideoId.Parse("A"));
}
