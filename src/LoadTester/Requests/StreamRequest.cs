using System.Text;
using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Http2;

namespace LiveComments.LoadTester.Requests;

/// <summary>Writes the requests for streams. Safe for use by many threads at once.</summary>
internal sealed class StreamRequest(RequestOptions options)
{
    private static readonly string[] UsualHeaders = ["Accept: text/event-stream", "Cache-Control: no-cache"];

    private readonly Template _path = new(options.StreamPath, PlaceholderValues.OfStreams);
    private readonly Template[] _headers =
        [.. UsualHeaders.Concat(options.StreamHeaders).Select(header => new Template(header, PlaceholderValues.OfStreams))];

    /// <summary>The whole request, as it goes to this server over HTTP/1.1.</summary>
    public byte[] Write(ServerAddress server, in PlaceholderValues values)
    {
        var text = new StringBuilder("GET ").Append(Path(server, values)).Append(" HTTP/1.1\r\nHost: ").Append(server.Host).Append("\r\n");
        foreach (var header in _headers)
        {
            header.AppendTo(text, values);
            text.Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>All that begins a connection to this server over HTTP/2, and the request.</summary>
    /// <exception cref="LoadTestException">The header fields are too long.</exception>
    public byte[] WriteHttp2(ServerAddress server, in PlaceholderValues values)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var header in _headers)
        {
            var text = new StringBuilder();
            header.AppendTo(text, values);
            var parts = text.ToString().Split(':', 2);
            fields.Add((parts[0], parts[1].Trim()));
        }

        return Http2Request.Write(server.IsTls, server.Host, Path(server, values), fields);
    }

    private string Path(ServerAddress server, in PlaceholderValues values)
    {
        var text = new StringBuilder(server.BasePath);
        _path.AppendTo(text, values);
        return text.ToString();
    }
}
