namespace LiveComments.Tests;

public sealed class AuthorIdTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(0x0123_4567_89AB_CDEF)]
    public void Its_text_reads_back(long value)
    {
        var text = new AuthorId(value).ToString();
        Assert.Matches("^[A-Za-z0-9_-]{11}$", text);
        Assert.True(AuthorId.TryParse(text, out var id));
        Assert.Equal(value, id.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAA")]
    [InlineData("AAAAA AAAAA")]
    [InlineData("AAAAA+AAAAA")]
    public void Other_texts_are_refused(string? text) => Assert.False(AuthorId.TryParse(text, out _));

    [Fact]
    public void A_role_of_a_later_version_is_that_of_a_viewer()
    {
        Assert.Equal(new(new(7), AuthorRole.Owner, true), AuthorIdentity.FromStore(7, new AuthorIdentity(new(7), AuthorRole.Owner, true).Marks));
        Assert.Equal(new(new(7), AuthorRole.Viewer, true), AuthorIdentity.FromStore(7, 0x80 | 3));
    }
}
