using System.Text;
using LiveComments.LoadTester.Requests;

namespace LiveComments.LoadTester.Tests.Requests;

public class TemplateTests
{
    private static readonly PlaceholderValues Values = new()
    {
        Video = "load-7",
        Number = 7,
        Viewer = 3,
        Backlog = 20,
        Comment = 5,
        Message = "hello",
    };

    [Theory]
    [InlineData("", "")]
    [InlineData("/a/b?c=d", "/a/b?c=d")]
    [InlineData("/{video}/{number}/{uuid}", "/load-7/7/00000000-0000-4000-8000-000000000007")]
    [InlineData("""{"a":"{author}","m":"{message}","n":{comment}}""", """{"a":"user5","m":"hello","n":5}""")]
    [InlineData("{{video}}", "{load-7}")]
    [InlineData("{Video} { video } {video", "{Video} { video } {video")]
    [InlineData("{message}{message}", "hellohello")]
    public void Placeholders_of_posts_are_replaced_and_other_braces_stay(string template, string text) =>
        Assert.Equal(text, Write(template, PlaceholderValues.OfPosts));

    [Fact]
    public void Placeholders_of_streams_are_replaced() =>
        Assert.Equal("/load-7?3&20", Write("/{video}?{viewer}&{backlog}", PlaceholderValues.OfStreams));

    [Theory]
    [InlineData("{autor}")]
    [InlineData("{viewer}")]
    public void Other_placeholders_are_refused_with_the_names_of_those_there_are(string template)
    {
        var fault = Assert.Throws<FormatException>(() => new Template("/x/" + template, PlaceholderValues.OfPosts));

        Assert.Equal(
            $"{template} is no placeholder here; there are {{video}}, {{number}}, {{uuid}}, {{author}}, {{message}}, {{comment}}.", fault.Message);
    }

    [Fact]
    public void Every_placeholder_has_a_value_in_streams_or_posts()
    {
        foreach (var placeholder in Enum.GetValues<Placeholder>())
        {
            Assert.Contains(placeholder, PlaceholderValues.OfStreams.Concat(PlaceholderValues.OfPosts));
            Assert.NotEqual("", Write(Template.Name(placeholder), [placeholder]));
        }
    }

    private static string Write(string template, IReadOnlyList<Placeholder> allowed)
    {
        var text = new StringBuilder();
        new Template(template, allowed).AppendTo(text, Values);
        return text.ToString();
    }
}
