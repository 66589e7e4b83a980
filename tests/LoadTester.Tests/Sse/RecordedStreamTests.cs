using System.Text;
using LiveComments.LoadTester.Http;
using LiveComments.LoadTester.Sse;

namespace LiveComments.LoadTester.Tests.Sse;

/// <summary>One recorded answer, framing and all, read in pieces cut everywhere.</summary>
public class RecordedStreamTests
{
    private static readonly byte[] Recorded = Encoding.UTF8.GetBytes(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Chunk("retry: 2000\n\n: keep-alive\n")
        + Chunk("id: 1\nevent: comment\ndata: {\"a\":1}\n\nid: 2\r\nevent: comment\r\ndata:{\"b\":2}\r\n\r\nid: 3\nev")
        + Chunk("ent: gap\n:x\ndata: one\ndata: two\nother: x\ndata\n\n\n")
        + Chunk("id\rdata: cr\r\rda", ";name=value") + Chunk("ta: ünï\n") + Chunk("\n")
        + "0\r\nTrailer: x\r\n\r\n");

    private static readonly string[] Expected =
        ["1|comment|{\"a\":1}", "2|comment|{\"b\":2}", "3|gap|one\ntwo\n", "||cr", "||ünï"];

    [Fact]
    public void Is_read_whole() => Assert.Equal(Expected, Read(Recorded.Length));

    [Fact]
    public void Is_the_same_in_any_two_reads()
    {
        for (var cut = 0; cut <= Recorded.Length; cut++) Assert.Equal(Expected, Read(cut, Recorded.Length));
    }

    [Fact]
    public void Is_the_same_in_any_three_reads()
    {
        for (var first = 0; first <= Recorded.Length; first++)
            for (var second = first; second <= Recorded.Length; second++) Assert.Equal(Expected, Read(first, second, Recorded.Length));
    }

    [Fact]
    public void Is_the_same_byte_by_byte() => Assert.Equal(Expected, Read([.. Enumerable.Range(1, Recorded.Length)]));

    private static string Chunk(string text, string extension = "") =>
        $"{Encoding.UTF8.GetByteCount(text):X}{extension}\r\n{text}\r\n";

    private static List<string> Read(params int[] ends)
    {
        var response = new HttpResponseReader();
        var events = new SseReader();
        var recorder = new Recorder();
        var start = 0;
        foreach (var end in ends)
        {
            var piece = Recorded.AsSpan(start..end);
            ReadOnlySpan<byte> input = piece.ToArray(); // its own memory: nothing may look beyond the cut
            while (response.TryReadBody(ref input, out var body)) events.Read(body, recorder);

            start = end;
        }

        Assert.True(response.IsComplete);
        return recorder.Events;
    }

    private sealed class Recorder : ISseEventHandler
    {
        public List<string> Events { get; } = [];

        public void OnEvent(SseEvent received) => Events.Add(
            $"{Encoding.UTF8.GetString(received.Id)}|{Encoding.UTF8.GetString(received.Type)}|{Encoding.UTF8.GetString(received.Data)}");
    }
}
