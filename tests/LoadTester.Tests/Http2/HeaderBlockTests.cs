using LiveComments.LoadTester.Http2;

namespace LiveComments.LoadTester.Tests.Http2;

public class HeaderBlockTests
{
    [Theory]
    // Whole in the static table.
    [InlineData("88", 200)]
    [InlineData("8E", 500)]
    // Literals, as nginx and Kestrel write them: without an index, to be indexed, never to be indexed.
    [InlineData("0803353033", 503)]
    [InlineData("4803323031", 201)]
    [InlineData("1803343239", 429)]
    // As nghttp2 writes them: 201, 202 and 302 in the code of Huffman.
    [InlineData("48821003", 201)]
    [InlineData("48821005", 202)]
    [InlineData("48826402", 302)]
    [InlineData("4883680CFF", 403)]
    // A table of no size, and fields in front of the status and behind it.
    [InlineData("20610161880001780179", 200)]
    // Trailers.
    [InlineData("0001780179", 0)]
    [InlineData("", 0)]
    public void Finds_the_status(string block, int status)
    {
        Assert.True(HeaderBlock.TryReadStatus(Convert.FromHexString(block), out var found));
        Assert.Equal(status, found);
    }

    [Theory]
    // Index 0, and indices of a table that there is not.
    [InlineData("80")]
    [InlineData("BE")]
    [InlineData("7E0161")]
    // A table of 4,096 bytes.
    [InlineData("3FE11F")]
    // Cut in a number, in a name, in a value.
    [InlineData("FF")]
    [InlineData("0002")]
    [InlineData("08033530")]
    // A status that is no number.
    [InlineData("0803353061")]
    [InlineData("0882FFFF")]
    // A number without end.
    [InlineData("7FFFFFFFFFFF")]
    public void Says_what_it_cannot_read(string block) =>
        Assert.False(HeaderBlock.TryReadStatus(Convert.FromHexString(block), out _));
}
