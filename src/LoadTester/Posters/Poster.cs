using System.Buffers.Text;
using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Http;

namespace LiveComments.LoadTester.Posters;

/// <summary>One keep-alive connection to post on, one comment, or one removal, at a time.</summary>
internal sealed class Poster(ServerAddress server, int number)
{
    // Enough for the id, which the contract puts first.
    private const int AnswerKept = 256;

    private readonly byte[] _answer = new byte[AnswerKept];
    private int _answerLength;
    private byte[] _request = [];
    private int _sent;
    private bool _isConnected;
    private HttpResponseReader _response;

    /// <summary>The comment under way, or null while the poster is free.</summary>
    public PostedComment? Comment { get; private set; }

    /// <summary>The server that it posts to.</summary>
    public ServerAddress Server => server;

    /// <summary>Its connection; null while there is none.</summary>
    public IConnection? Connection { get; private set; }

    /// <summary>Begins to post or to remove. If there is no connection yet, connects first.</summary>
    /// <returns>Whether the connection is a new one.</returns>
    /// <param name="comment">The comment.</param>
    /// <param name="request">Its whole request.</param>
    /// <param name="errno">0, or why it cannot connect.</param>
    public bool Begin(PostedComment comment, byte[] request, out int errno)
    {
        Comment = comment;
        _request = request;
        _sent = _answerLength = 0;
        errno = 0;
        if (Connection is not null) return false;
        var connection = server.Connect(number, isHttp2: false, 0, out errno);
        Connection = errno == 0 ? connection : null;
        return errno == 0;
    }

    /// <summary>Sends what there is room for. Returns 0, or the error of a broken connection.</summary>
    public int Send()
    {
        if (Connection is not { } connection || Comment is null) return 0;
        if (!_isConnected && connection.TakeError() is var refused and > 0) return refused;
        _isConnected = true;
        while (_sent < _request.Length)
        {
            var length = connection.Send(_request.AsSpan(_sent));
            if (length < 0) return length == -TcpSocket.WouldBlock ? 0 : -length;
            _sent += length;
        }

        return 0;
    }

    /// <summary>Takes what was received. Returns the answer, once it is complete.</summary>
    public PostAnswer? Read(ReadOnlySpan<byte> bytes)
    {
        while (_response.TryReadBody(ref bytes, out var body))
        {
            body = body[..Math.Min(body.Length, AnswerKept - _answerLength)];
            body.CopyTo(_answer.AsSpan(_answerLength));
            _answerLength += body.Length;
        }

        return _response.IsComplete ? TakeAnswer() : null;
    }

    /// <summary>The connection ended. Returns the answer, if that is how it ends.</summary>
    public PostAnswer? ReadEnd() => _response.EndsWithConnection ? TakeAnswer() : null;

    /// <summary>Makes free for the next comment; the connection stays if <paramref name="keepsAlive"/>.</summary>
    public void Free(bool keepsAlive)
    {
        Comment = null;
        _response.Reset();
        if (!keepsAlive)
        {
            Connection?.Dispose();
            Connection = null;
            _isConnected = false;
        }
    }

    private PostAnswer TakeAnswer() => new(_response.Status, FindId(_answer.AsSpan(0, _answerLength)), _response.KeepsAlive);

    /// <summary>Finds <c>"id":"123"</c>; 0 if there is none.</summary>
    private static long FindId(ReadOnlySpan<byte> json)
    {
        var name = "\"id\":\""u8;
        var start = json.IndexOf(name);
        return start >= 0 && Utf8Parser.TryParse(json[(start + name.Length)..], out long id, out _) && id > 0 ? id : 0;
    }
}
