using System.Text;
using LiveComments.LoadTester.Connections;

namespace LiveComments.LoadTester.Requests;

/// <summary>Writes the requests that post comments. For use by one thread.</summary>
internal sealed class PostRequest(RequestOptions options)
{
    private readonly Template _path = new(options.PostPath, PlaceholderValues.OfPosts);
    private readonly Template _body = new(options.PostBody, PlaceholderValues.OfPosts);
    private readonly Template[] _headers = [.. options.PostHeaders.Select(header => new Template(header, PlaceholderValues.OfPosts))];
    private readonly StringBuilder _text = new();

    /// <summary>Whether the message is anywhere in it; otherwise no delivery could be recognised.</summary>
    public bool HasMessage => new[] { _path, _body }.Concat(_headers).Any(template => template.Has(Placeholder.Message));

    /// <summary>The whole request, as it goes to this server.</summary>
    public byte[] Write(ServerAddress server, in PlaceholderValues values)
    {
        _text.Clear();
        _body.AppendTo(_text, values);
        var body = _text.ToString();
        _text.Clear().Append(options.PostMethod).Append(' ').Append(server.BasePath);
        _path.AppendTo(_text, values);
        _text.Append(" HTTP/1.1\r\nHost: ").Append(server.Host).Append("\r\nContent-Type: ").Append(options.PostType).Append("\r\n");
        foreach (var header in _headers)
        {
            header.AppendTo(_text, values);
            _text.Append("\r\n");
        }

        _text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n\r\n").Append(body);
        return Encoding.UTF8.GetBytes(_text.ToString());
    }
}
