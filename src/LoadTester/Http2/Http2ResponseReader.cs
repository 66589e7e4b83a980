using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Http;

namespace LiveComments.LoadTester.Http2;

/// <summary>Reads the response of <see cref="Http2Request"/> (RFC 9113): one stream on a connection of its own.</summary>
internal sealed class Http2ResponseReader : IResponseReader
{
    private const string NotHttp2 = "answered with something that is not HTTP/2";
    private const string EndOfStream = "stream ended by the server";

    private Frame _frame;
    private bool _isInFrame;
    private int _left;
    private int _padding;
    private int _unreported;
    private Http2Head _head;

    // A frame that came in part: its header, or a payload that must be read as a whole.
    private PooledBytes _held;
    private PooledBytes _answers;

    public int Status => _head.Status;

    public bool IsHeadComplete => Status != 0;

    public string? Fault { get; private set; }

    public string? End { get; private set; }

    public bool TryReadBody(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> body)
    {
        while (!input.IsEmpty && Fault is null && End is null)
        {
            if (!_isInFrame)
            {
                BeginFrame(ref input);
            }
            else if (_frame.Type == FrameType.Data)
            {
                body = TakeData(ref input);
                if (!body.IsEmpty) return true;
            }
            else
            {
                TakePayload(ref input);
            }
        }

        body = default;
        return false;
    }

    public int Answer(IConnection connection)
    {
        if (_answers.Length == 0) return 0;
        var sent = connection.Send(_answers.Span);
        // Whoever leaves no room for these few bytes has not read any for long.
        var error = sent == _answers.Length ? 0 : sent < 0 ? -sent : TcpSocket.WouldBlock;
        _answers.Clear();
        return error;
    }

    public void Reset()
    {
        _held.Clear();
        _head.Clear();
        _answers.Clear();
    }

    private void BeginFrame(ref ReadOnlySpan<byte> input)
    {
        var header = Take(ref input, Frame.HeaderSize);
        if (header.IsEmpty) return;
        _frame = Frame.Parse(header);
        _held.Clear();
        _left = _frame.Length;
        _padding = 0;
        _isInFrame = true;
        if (_left > Frame.MaxLength || !MayCome(_frame)) Fault = NotHttp2;
        else if (_frame.Type == FrameType.Data) CountData();

        if (_left == 0 && Fault is null) EndFrame(default);
    }

    private bool MayCome(Frame frame) => frame.Type switch
    {
        _ when _head.IsCut != (frame.Type == FrameType.Continuation) => false,
        FrameType.Data => frame.Stream == Http2Request.Stream && IsHeadComplete && !(frame.Has(Frame.Padded) && frame.Length == 0),
        FrameType.Headers or FrameType.Continuation => frame.Stream == Http2Request.Stream,
        FrameType.ResetStream => frame.Stream == Http2Request.Stream && frame.Length == 4,
        FrameType.Ping => frame.Length == 8,
        FrameType.GoAway => frame.Length >= 8,
        FrameType.PushPromise => false,
        _ => true,
    };

    /// <summary>Gives the server room for more, at each half of the window.</summary>
    private void CountData()
    {
        _unreported += _frame.Length;
        if (_unreported < Http2Request.Window / 2) return;
        _answers.Append(Frame.WindowUpdate(0, _unreported));
        _answers.Append(Frame.WindowUpdate(Http2Request.Stream, _unreported));
        _unreported = 0;
    }

    private ReadOnlySpan<byte> TakeData(ref ReadOnlySpan<byte> input)
    {
        if (_left == _frame.Length && _frame.Has(Frame.Padded))
        {
            _padding = input[0];
            input = input[1..];
            if (_padding > --_left) Fault = NotHttp2;
            else if (_left == 0) EndFrame(default);
            return default;
        }

        var isPadding = _left <= _padding;
        var taken = input[..Math.Min(input.Length, isPadding ? _left : _left - _padding)];
        input = input[taken.Length..];
        _left -= taken.Length;
        if (_left == 0) EndFrame(default);
        return isPadding ? default : taken;
    }

    /// <summary>Takes what is no data; that which a viewer need not look at is not kept.</summary>
    private void TakePayload(ref ReadOnlySpan<byte> input)
    {
        if (_frame.Type is FrameType.Headers or FrameType.Continuation or FrameType.ResetStream or FrameType.Ping or FrameType.GoAway)
        {
            var payload = Take(ref input, _left);
            if (payload.IsEmpty) return;
            EndFrame(payload);
            _held.Clear();
            return;
        }

        var skipped = Math.Min(input.Length, _left);
        input = input[skipped..];
        _left -= skipped;
        if (_left == 0) EndFrame(default);
    }

    /// <summary>So many bytes in one piece, or none until all are there.</summary>
    private ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int length)
    {
        var missing = length - _held.Length;
        var taken = input[..Math.Min(missing, input.Length)];
        input = input[taken.Length..];
        if (_held.Length == 0 && taken.Length == length) return taken;
        _held.Append(taken);
        return taken.Length == missing ? _held.Span : default;
    }

    private void EndFrame(ReadOnlySpan<byte> payload)
    {
        _isInFrame = false;
        switch (_frame.Type)
        {
            case FrameType.Data when _frame.Has(Frame.EndStream):
                End = EndOfStream;
                break;
            case FrameType.Headers or FrameType.Continuation:
                if (!_head.TryTake(_frame, payload)) Fault = NotHttp2;
                else if (_head.EndsStream) End = EndOfStream;

                break;
            case FrameType.Settings when !_frame.Has(Frame.Ack):
                // They bound what is sent, and all has been sent.
                _answers.Append(Frame.Write(FrameType.Settings, Frame.Ack, 0, default));
                break;
            case FrameType.Ping when !_frame.Has(Frame.Ack):
                _answers.Append(Frame.Write(FrameType.Ping, Frame.Ack, 0, payload));
                break;
            case FrameType.ResetStream:
                End = $"stream reset by the server ({Http2Error.Describe(Http2Error.Read(payload))})";
                break;
            case FrameType.GoAway:
                GoAway(lastStream: Http2Error.Read(payload) & int.MaxValue, Http2Error.Read(payload[4..]));
                break;
            default:
                break;
        }
    }

    /// <summary>A stream that the server had begun with goes on, if nothing is wrong.</summary>
    private void GoAway(uint lastStream, uint error)
    {
        if (error != Http2Error.None || lastStream < Http2Request.Stream)
            End = $"connection ended by the server ({Http2Error.Describe(error)})";
    }
}
