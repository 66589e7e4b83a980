namespace LiveComments.Tests;

public sealed class CommentDraftTests
{
    [Fact]
    public void Trims_both_fields()
    {
        Assert.True(CommentDraft.TryCreate(" Ada\t", "\r\n Hello\nworld \u00A0", null, out var draft, out _));
        Assert.Equal(("Ada", "Hello\nworld"), (draft.Author, draft.Message));
    }

    [Theory]
    [InlineData(50, 500, true)]
    [InlineData(51, 500, false)]
    [InlineData(50, 501, false)]
    public void Counts_unicode_scalar_values(int author, int message, bool valid) =>
        Assert.Equal(valid, CommentDraft.TryCreate(Emoji(author), Emoji(message), null, out _, out _));

    [Theory]
    [InlineData("Ada\n", "a", true)]
    [InlineData("A\nda", "a", false)]
    [InlineData("Ada", "a\nb", true)]
    [InlineData("Ada", "a\rb", false)]
    [InlineData("Ada", "a\0b", false)]
    [InlineData("Ada", "a\u007Fb", false)]
    [InlineData("Ada", "a\u0085b", false)]
    [InlineData("Ada", "a\u2028b", true)]
    [InlineData("", "a", false)]
    [InlineData("Ada", " \n ", false)]
    [InlineData(null, "a", false)]
    [InlineData("Ada", null, false)]
    public void Holds_text_to_its_rules(string? author, string? message, bool valid)
    {
        Assert.Equal(valid, CommentDraft.TryCreate(author, message, null, out var draft, out var errors));
        Assert.Equal(valid, draft is not null);
        Assert.Equal(valid, errors.Count == 0);
    }

    [Fact]
    public void Refuses_half_of_a_surrogate_pair()
    {
        Assert.False(CommentDraft.TryCreate("Ada", "a\uD83D", null, out _, out _));
        Assert.False(CommentDraft.TryCreate("\uDE00b", "a", null, out _, out _));
    }

    [Theory]
    [InlineData("\u200B", false)]
    [InlineData("\u200D\uFEFF \u2060", false)]
    [InlineData("\u202E\u2066", false)]
    [InlineData("\u3164", false)]
    [InlineData("\u034F\uFE0F", false)]
    [InlineData("\u2800\u2800", false)]
    [InlineData("\u202Eabc", true)]
    [InlineData("👩\u200D💻", true)]
    [InlineData("\u0301", true)]
    public void Something_in_it_can_be_seen(string text, bool valid)
    {
        Assert.Equal(valid, CommentDraft.TryCreate(text, "a", null, out _, out _));
        Assert.Equal(valid, CommentDraft.TryCreate("Ada", text, null, out var draft, out _));
        // What is let in is let in as it is.
        Assert.Equal(valid ? text : null, draft?.Message);
    }

    [Fact]
    public void Names_every_field_that_is_wrong()
    {
        CommentDraft.TryCreate("", Emoji(501), null, out _, out var errors);

        Assert.Equal(["author", "message"], errors.Keys);
        Assert.Equal("Shorten it to 500 characters; it has 501.", errors["message"].Single());
    }

    private static string Emoji(int count) => string.Concat(Enumerable.Repeat("😀", count));
}
