using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LiveComments.WebFrontend.Wire;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.Wire;

public sealed class SseEventTests
{
    [Fact]
    public void A_comment_is_one_event_to_the_letter() =>
        Assert.Equal(
            """
            id: 1048576
            event: comment
            data: {"id":"1048576","liveVideoId":"v","author":"Ada","message":"1048576","createdAt":"1970-01-01T00:00:00.001Z"}


            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(SseEvent.Comment(Comment(1_048_576))));

    [Fact]
    public void No_text_can_forge_a_field() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(string?, string?)>().Filter(text => IsWellFormed(text.Item1) && IsWellFormed(text.Item2)),
            text =>
            {
                var comment = Comment(5) with { Author = $"{text.Item1}\r\nid: 9\n\n", Message = $"\rdata: x\n\n{text.Item2}\u2028" };
                var events = SseParser.Create(new MemoryStream(SseEvent.Comment(comment))).Enumerate().ToList();
                using var data = JsonDocument.Parse(events[0].Data);
                return events.Count == 1
                    && events[0].EventId == "5"
                    && data.RootElement.GetProperty("author").GetString() == comment.Author
                    && data.RootElement.GetProperty("message").GetString() == comment.Message;
            }).QuickCheckThrowOnFailure();

    private static bool IsWellFormed(string? text) =>
        text is null || !text.EnumerateRunes().Contains(Rune.ReplacementChar);
}
