namespace LiveComments.Tests;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData(" ~", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData("", false)]
    [InlineData("a\tb", false)]
    [InlineData("é", false)]
    public void Takes_1_to_64_printable_ascii(string text, bool valid) => Assert.Equal(valid, IdempotencyKey.TryCreate(text, out _));

    [Fact]
    public void Bytes_read_back_and_tell_keys_apart()
    {
        IdempotencyKey.TryCreate("a", out var a);
        IdempotencyKey.TryCreate("b", out var b);

        Assert.Equal(a, IdempotencyKey.FromBytes(a.ToBytes()));
        Assert.NotEqual(a, b);
    }

    [Fact]
    public void A_key_belongs_to_its_author()
    {
        IdempotencyKey.TryCreate("a", out var nobodys);
        IdempotencyKey.TryCreate("a", new AuthorId(1), out var ones);
        IdempotencyKey.TryCreate("a", new AuthorId(2), out var others);
        IdempotencyKey.TryCreate("a", new AuthorId(1), out var again);

        Assert.Distinct([nobodys, ones, others]);
        Assert.Equal(ones, again);
    }
}
