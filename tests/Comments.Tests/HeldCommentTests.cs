namespace LiveComments.Comments.Tests;

/// <summary>How a held comment stands in its log.</summary>
public sealed class HeldCommentTests
{
    [Fact]
    public void The_word_is_kept_where_it_is_the_reason()
    {
        var draft = Draft().HoldFor("word-list", "bad*");

        Assert.Equal(("Hello", "word-list", "bad*"), Kept(HeldComment.Pack(draft, "word-list").Message));
        Assert.Equal(("Hello", "repeat", null), Kept(HeldComment.Pack(draft, "repeat").Message));
    }

    [Fact]
    public void One_of_an_earlier_version_has_none() =>
        Assert.Equal(("Hello", "word-list", null), Kept("""{"message":"Hello","reason":"word-list"}"""));

    [Fact]
    public void Without_a_word_it_is_as_an_earlier_version_wrote_it() =>
        Assert.Equal("""{"message":"Hello","reason":"links"}""", HeldComment.Pack(Draft(), "links").Message);

    private static (string Message, string Reason, string? Word) Kept(string packed)
    {
        var held = HeldComment.Of(new(new(1), LiveVideoId.Parse("v"), "Ada", packed));
        return (held.Message, held.Reason, held.Word);
    }

    private static CommentDraft Draft() =>
        CommentDraft.TryCreate("Ada", "Hello", null, out var draft, out _) ? draft : throw new InvalidOperationException("no draft");
}
