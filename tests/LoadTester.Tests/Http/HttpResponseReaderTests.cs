using System.Text;
using LiveComments.LoadTester.Http;

namespace LiveComments.LoadTester.Tests.Http;

public class HttpResponseReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello", 201, "hello", true, true)]
    [InlineData("HTTP/1.1 201 Created\r\ncontent-length:5\r\nConnection: close\r\n\r\nhello", 201, "hello", true, false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", true, false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", 503, "", true, true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true, true)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nuntil the end", 200, "until the end", false, true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n02 \r\nlo\r\n0\r\n\r\n", 200, "hello", true, true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", 200, "hello", false, true)]
    public void Reads_the_body_without_its_framing(string response, int status, string body, bool isComplete, bool keepsAlive)
    {
        var reader = new HttpResponseReader();

        Assert.Equal(body, Read(ref reader, response));
        Assert.Equal(status, reader.Status);
        Assert.Equal(isComplete, reader.IsComplete);
        Assert.Equal(keepsAlive, reader.KeepsAlive);
        Assert.False(reader.IsMalformed);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n")]
    public void Says_what_is_not_HTTP(string response)
    {
        var reader = new HttpResponseReader();

        Read(ref reader, response);

        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void A_head_without_end_is_not_HTTP()
    {
        var reader = new HttpResponseReader();

        Read(ref reader, "HTTP/1.1 200 OK\r\n" + new string('x', 70_000));

        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void Only_a_body_without_a_length_ends_with_the_connection()
    {
        var withoutLength = new HttpResponseReader();
        var withLength = new HttpResponseReader();

        Read(ref withoutLength, "HTTP/1.1 200 OK\r\n\r\nhello");
        Read(ref withLength, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");

        Assert.True(withoutLength.EndsWithConnection);
        Assert.False(withLength.EndsWithConnection);
    }

    [Fact]
    public void Reads_one_response_after_another()
    {
        var reader = new HttpResponseReader();
        Read(ref reader, "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nfirst");

        reader.Reset();

        Assert.Equal("second", Read(ref reader, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond"));
        Assert.Equal(200, reader.Status);
    }

    private static string Read(ref HttpResponseReader reader, string response)
    {
        ReadOnlySpan<byte> input = Encoding.ASCII.GetBytes(response);
        var all = new StringBuilder();
        while (reader.TryReadBody(ref input, out var body)) all.Append(Encoding.ASCII.GetString(body));

        return all.ToString();
    }
}
