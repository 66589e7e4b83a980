namespace LiveComments.Comments.Tests;

/// <summary>Which names a reader takes for one another.</summary>
public sealed class LookAlikesTests
{
    private static readonly AuthorId Owner = new(1);

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("Ada", "aDA")]
    [InlineData("Ada", "\u0410d\u0430")]
    [InlineData("Ada L", "Ada \u3000 L")]
    [InlineData("Ada", "A\u200Dda\u2062")]
    [InlineData("Ada", "\uFF21\uFF44\uFF41")]
    [InlineData("Ada", "\U0001D400\U0001D41D\U0001D41A")]
    [InlineData("PayPal", "PayPaI")]
    [InlineData("PayPaI", "paypal")]
    [InlineData("Bob", "B0b")]
    [InlineData("R\u00F3sa", "Ro\u0301sa")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("scope", "\u0455\u0441\u043E\u0440\u0435")]
    public void They_look_alike(string name, string other)
    {
        Assert.True(Taken(name).IsTaken(other, null));
        Assert.True(Taken(other).IsTaken(name, new AuthorId(2)));
        Assert.False(Taken(name).IsTaken(other, Owner));
    }

    [Theory]
    [InlineData("Ada", "Adam")]
    [InlineData("Ada", "Aida")]
    [InlineData("Ada L", "AdaL")]
    [InlineData("Rósa", "Rosa")]
    [InlineData("Иван", "Ivan")]
    [InlineData("田中", "田申")]
    public void They_do_not(string name, string other) => Assert.False(Taken(name).IsTaken(other, null));

    [Fact]
    public void So_many_are_kept_and_the_oldest_is_free_again()
    {
        var names = new TakenNames(2);
        foreach (var name in (string[])["one", "two", "two", "three"]) names.Add(name, Owner);

        Assert.Equal([false, true, true], new[] { "one", "two", "three" }.Select(name => names.IsTaken(name, null)));
    }

    private static TakenNames Taken(string name)
    {
        var names = new TakenNames(1);
        names.Add(name, Owner);
        return names;
    }
}
