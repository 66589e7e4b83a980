using System.Text;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Tests.Wire;

public sealed class WebSocketFramesTests
{
    [Fact]
    public void Events_become_texts_and_keep_alive_lines_pings()
    {
        var frames = WebSocketFrames.OfEvents(
            "retry: 2113\n\nid: 7\nevent: comment\ndata: {\"a\":1}\n\n: keep-alive\n\nevent: ended\ndata: {}\n\n"u8);

        Assert.Equal(
            [
                .. Frame("""{"type":"retry","data":2113}"""), .. Frame("""{"type":"comment","id":"7","data":{"a":1}}"""), 0x89, 0,
                .. Frame("""{"type":"ended","data":{}}"""),
            ],
            frames);
    }

    [Theory]
    [InlineData(0, new byte[] { 0x81, 0 })]
    [InlineData(125, new byte[] { 0x81, 125 })]
    [InlineData(126, new byte[] { 0x81, 126, 0, 126 })]
    [InlineData(65_535, new byte[] { 0x81, 126, 0xFF, 0xFF })]
    [InlineData(65_536, new byte[] { 0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0 })]
    public void A_length_has_the_shortest_form(int length, byte[] header)
    {
        var frame = WebSocketFrames.Text(new byte[length]);
        Assert.Equal(header, frame[..header.Length]);
        Assert.Equal(header.Length + length, frame.Length);
    }

    [Fact]
    public void They_are_made_once_for_all()
    {
        var payload = SsePayload.Of("retry: 1\n\n"u8);
        Assert.Equal(payload.Frames, payload.Frames);
        Assert.Equal(Frame("""{"type":"retry","data":1}"""), payload.Frames.ToArray());
    }

    private static byte[] Frame(string text) => [0x81, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
