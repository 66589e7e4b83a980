using System.Text;
using System.Text.Json;
using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Tests.Checking;

public class CommentMarkerTests
{
    private static readonly byte[] Prefix = CommentMarker.Prefix("12345678");

    [Fact]
    public void Comes_through_JSON_unchanged()
    {
        var marker = new CommentMarker(int.MaxValue, int.MaxValue, long.MaxValue);
        ReadOnlySpan<byte> json = JsonSerializer.SerializeToUtf8Bytes(new { author = "lt", message = "\"é\" " + marker.ToText(Prefix) + "..." });

        Assert.True(CommentMarker.TryTake(ref json, Prefix, out var found));
        Assert.Equal(marker, found);
        Assert.Equal(CommentMarker.MaxLength, marker.ToText(Prefix).Length);
    }

    [Theory]
    [InlineData("no marker")]
    [InlineData("lt87654321:1:2:3.")]
    [InlineData("lt12345678:1:2:3")]
    [InlineData("lt12345678:1:2")]
    [InlineData("lt12345678:1.2:3.")]
    [InlineData("lt12345678:a:2:3.")]
    [InlineData("lt12345678:")]
    public void Is_not_found_where_there_is_none_of_this_run(string data)
    {
        ReadOnlySpan<byte> bytes = Encoding.ASCII.GetBytes(data);

        Assert.False(CommentMarker.TryTake(ref bytes, Prefix, out _));
    }

    [Fact]
    public void Several_are_found_one_after_another()
    {
        var data = "[lt12345678:1:2:3..., lt87654321:1:2:3., lt12345678:4:5:6.]"u8;

        Assert.True(CommentMarker.TryTake(ref data, Prefix, out var first));
        Assert.True(CommentMarker.TryTake(ref data, Prefix, out var second));
        Assert.False(CommentMarker.TryTake(ref data, Prefix, out _));
        Assert.Equal([new(1, 2, 3), new(4, 5, 6)], [first, second]);
    }

    [Fact]
    public void Comes_through_a_form_and_a_query_unchanged()
    {
        var text = new CommentMarker(1, 2, 3).ToText(Prefix);

        Assert.Equal(text, System.Web.HttpUtility.ParseQueryString($"topic=1&data={text}")["data"]);
    }

    [Fact]
    public void Every_run_has_another_name() => Assert.NotEqual(CommentMarker.NewRun(), CommentMarker.NewRun());
}
