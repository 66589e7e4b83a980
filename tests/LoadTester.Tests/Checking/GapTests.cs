using System.Text;
using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Tests.Checking;

public class GapTests
{
    [Fact]
    public void Names_the_comments_on_both_sides()
    {
        Assert.True(Gap.TryParse("""{"after":"7302518400000000001","before":"7302518400000000009"}"""u8, out var gap));
        Assert.Equal(new Gap(7302518400000000001, 7302518400000000009), gap);
    }

    [Fact]
    public void Names_what_was_removed_in_it_or_says_that_all_may_be()
    {
        Assert.True(Gap.TryParse("""{"after":"5","before":"9","removed":["3","4"]}"""u8, out var few));
        Assert.Equal([3, 4], few.Removed);
        Assert.False(few.Reset);
        Assert.True(Gap.TryParse("""{"after":"5","before":"9","reset":true}"""u8, out var many));
        Assert.Null(many.Removed);
        Assert.True(many.Reset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"after":"9","before":"1"}""")]
    [InlineData("""{"after":"x","before":"1"}""")]
    [InlineData("""["after"]""")]
    public void Anything_else_is_no_gap(string json) => Assert.False(Gap.TryParse(Encoding.ASCII.GetBytes(json), out _));
}
