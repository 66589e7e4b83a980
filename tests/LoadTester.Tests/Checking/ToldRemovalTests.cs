using System.Text;
using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Tests.Checking;

public class ToldRemovalTests
{
    [Fact]
    public void Names_comments() =>
        Assert.Equal([7302518400000000001, 2], ToldRemoval.Parse("""{"ids":["7302518400000000001","2"]}"""u8)!.Ids);

    [Fact]
    public void Names_an_author_and_a_range_or_a_range_alone()
    {
        Assert.Equal(new ToldRemoval(null, "abc", 3, 9), ToldRemoval.Parse("""{"authorId":"abc","from":"3","to":"9"}"""u8));
        Assert.Equal(new ToldRemoval(null, null, 3, 9), ToldRemoval.Parse("""{"from":"3","to":"9"}"""u8));
    }

    [Fact]
    public void Is_the_same_from_grains()
    {
        Assert.Equal([5, 6], ToldRemoval.Of(new(Ids: [new(5), new(6)])).Ids);
        Assert.Equal(new ToldRemoval(null, null, 3, 9), ToldRemoval.Of(new(From: new(3), To: new(9))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"ids":[]}""")]
    [InlineData("""{"ids":["x"]}""")]
    [InlineData("""{"from":"9","to":"3"}""")]
    [InlineData("""{"authorId":"abc"}""")]
    public void Anything_else_is_no_removal(string json) => Assert.Null(ToldRemoval.Parse(Encoding.ASCII.GetBytes(json)));
}
