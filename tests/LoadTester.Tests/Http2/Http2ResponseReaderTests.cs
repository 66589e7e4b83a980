using System.Text;
using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Http2;

namespace LiveComments.LoadTester.Tests.Http2;

public class Http2ResponseReaderTests
{
    private const string Settings = "000000 04 00 00000000 ", Ok = "000001 01 04 00000001 88 ";

    /// <summary>In pieces of each size, so that a frame is cut everywhere.</summary>
    public static TheoryData<int> Sizes => [1, 2, 3, 7, 10, 1000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Reads_the_body_between_all_that_may_come(int size)
    {
        var reader = new Http2ResponseReader();

        var body = Read(
            reader,
            Settings
            // The answer to our settings, and a window.
            + "000000 04 01 00000000 "
            + "000004 08 00 00000000 00010000 "
            // An interim head: 103.
            + "000005 01 04 00000001 0803313033 "
            // The head in two parts, the first padded and with a priority.
            + "00000B 01 28 00000001 02 8000000010 000161 0000 "
            + "000003 09 04 00000001 016288 "
            + "000003 00 00 00000001 68656C "
            + "000008 06 00 00000000 0102030405060708 "
            // Of a type that nobody knows.
            + "000003 F0 00 00000001 FFFFFF "
            + "000006 00 08 00000001 02 6C6F21 0000 "
            // No more requests; this one goes on.
            + "000008 07 00 00000000 0000000100000000 "
            + "000000 00 01 00000001",
            size);

        Assert.Null(reader.Fault);
        Assert.Equal("hello!", body);
        Assert.Equal(200, reader.Status);
        Assert.Equal("stream ended by the server", reader.End);
        using var connection = new Recorder();
        Assert.Equal(0, reader.Answer(connection));
        Assert.Equal("000000040100000000" + "0000080601000000000102030405060708", Convert.ToHexString(connection.Sent));
    }

    [Theory]
    [InlineData("000004 03 00 00000001 00000008", "stream reset by the server (CANCEL)")]
    [InlineData("000004 03 00 00000001 000000FF", "stream reset by the server (error 255)")]
    [InlineData("000009 07 00 00000000 00000001 0000000B 21", "connection ended by the server (ENHANCE_YOUR_CALM)")]
    [InlineData("000008 07 00 00000000 00000000 00000000", "connection ended by the server (NO_ERROR)")]
    [InlineData("000001 01 05 00000001 88", "stream ended by the server")]
    [InlineData(Ok + "000000 01 05 00000001", "stream ended by the server")]
    public void Says_how_the_server_ended_it(string bytes, string end)
    {
        var reader = new Http2ResponseReader();

        Read(reader, bytes, 1000);

        Assert.Null(reader.Fault);
        Assert.Equal(end, reader.End);
    }

    [Theory]
    // Longer than allowed.
    [InlineData("004001 00 00 00000001")]
    // Data before the head.
    [InlineData("000001 00 00 00000001 61")]
    // Of another stream.
    [InlineData(Ok + "000001 00 00 00000003 61")]
    // Padded, without the length of it.
    [InlineData(Ok + "000000 00 08 00000001")]
    // More padding than payload.
    [InlineData(Ok + "000002 00 08 00000001 05 61")]
    // Something between the parts of a head.
    [InlineData("000001 01 00 00000001 88 000000 04 00 00000000")]
    // A part of nothing.
    [InlineData("000000 09 04 00000001")]
    // A head without a status.
    [InlineData("000000 01 04 00000001")]
    [InlineData("000001 01 04 00000001 BE")]
    [InlineData("000002 01 0C 00000001 05 88")]
    // A push.
    [InlineData("000001 05 04 00000001 88")]
    [InlineData("000007 06 00 00000000 01020304050607")]
    [InlineData("000003 03 00 00000001 000000")]
    [InlineData("000004 07 00 00000000 00000001")]
    // HTTP/1.1.
    [InlineData("485454502F312E3120343030")]
    public void Says_what_is_not_HTTP_2(string bytes)
    {
        var reader = new Http2ResponseReader();

        Read(reader, bytes, 1000);

        Assert.Equal("answered with something that is not HTTP/2", reader.Fault);
    }

    [Fact]
    public void A_head_without_end_is_not_HTTP_2()
    {
        var reader = new Http2ResponseReader();
        var part = string.Concat(Enumerable.Repeat("004000 09 00 00000001" + new string('0', 0x8000), 5));

        Read(reader, "000000 01 00 00000001" + part, 100_000);

        Assert.Equal("answered with something that is not HTTP/2", reader.Fault);
    }

    [Fact]
    public void Half_a_window_read_is_given_back_to_stream_and_connection()
    {
        var reader = new Http2ResponseReader();
        Read(reader, Ok, 1000);
        var data = Frame.Write(FrameType.Data, 0, 1, new byte[Frame.MaxLength]);
        using var connection = new Recorder();
        for (var frames = 0; frames < Http2Request.Window / 2 / Frame.MaxLength; frames++)
        {
            Assert.Empty(connection.Sent);
            ReadOnlySpan<byte> input = data;
            while (reader.TryReadBody(ref input, out _))
            {
            }

            reader.Answer(connection);
        }

        Assert.Equal("000004080000000000" + "00300000" + "000004080000000001" + "00300000", Convert.ToHexString(connection.Sent));
    }

    private static string Read(Http2ResponseReader reader, string hex, int size)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        var body = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += size)
        {
            ReadOnlySpan<byte> input = bytes.AsSpan(start, Math.Min(size, bytes.Length - start));
            while (reader.TryReadBody(ref input, out var piece)) body.Append(Encoding.ASCII.GetString(piece));
        }

        return body.ToString();
    }

    private sealed class Recorder : IConnection
    {
        public byte[] Sent { get; private set; } = [];

        public int Descriptor => -1;

        public bool ReadsInPieces => false;

        public int TakeError() => 0;

        public int Send(ReadOnlySpan<byte> bytes)
        {
            Sent = [.. Sent, .. bytes];
            return bytes.Length;
        }

        public int Receive(Span<byte> buffer) => 0;

        public string Describe(int error) => "";

        public void Dispose()
        {
        }
    }
}
