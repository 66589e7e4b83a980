using System.Text;
using LiveComments.LoadTester.Connections;

namespace LiveComments.LoadTester.Requests;

/// <summary>Writes the requests for streams. Safe for use by many threads at once.</summary>
internal sealed class StreamRequest(RequestOptions options)
{
    private readonly Template _path = new(options.StreamPath, PlaceholderValues.OfStreams);
    private readonly Template[] _headers =
        [.. options.StreamHeaders.Select(header => new Template(header, PlaceholderValues.OfStreams))];

    /// <summary>The whole request, as it goes to this server.</summary>
    public byte[] Write(ServerAddress server, in PlaceholderValues values)
    {
        var text = new StringBuilder("GET ").Append(server.BasePath);
        _path.AppendTo(text, values);
        text.Append(" HTTP/1.1\r\nHost: ").Append(server.Host).Append("\r\nAccept: text/event-stream\r\nCache-Control: no-cache\r\n");
        foreach (var header in _headers)
        {
            header.AppendTo(text, values);
            text.Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }
}
