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
        var json = JsonSerializer.SerializeToUtf8Bytes(new { author = "lt", message = "\"é\" " + marker.ToText(Prefix) + "..." });

        Assert.True(CommentMarker.TryFind(json, Prefix, out var found));
        Assert.Equal(marker, found);
        Assert.Equal(CommentMarker.MaxLength, marker.ToText(Prefix).Length);
    }

    [Theory]
    [InlineData("no marker")]
    [InlineData("lt87654321:1:2:3;")]
    [InlineData("lt12345678:1:2:3")]
    [InlineData("lt12345678:1:2")]
    [InlineData("lt12345678:1;2:3;")]
    [InlineData("lt12345678:a:2:3;")]
    [InlineData("lt12345678:")]
    public void Is_not_found_where_there_is_none_of_this_run(string data) =>
        Assert.False(CommentMarker.TryFind(Encoding.ASCII.GetBytes(data), Prefix, out _));

    [Fact]
    public void Every_run_has_another_name() => Assert.NotEqual(CommentMarker.NewRun(), CommentMarker.NewRun());
}
