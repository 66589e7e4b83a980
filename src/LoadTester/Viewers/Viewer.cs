using System.Text;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Http;
using LiveComments.LoadTester.Linux;
using LiveComments.LoadTester.Sse;

namespace LiveComments.LoadTester.Viewers;

/// <summary>One viewer of one live video: a connection, the readers of its stream, and the check of what came.</summary>
internal sealed class Viewer
{
    private const int SlowReceiveBuffer = 4096;

    private readonly ViewerContext _context;
    private readonly DeliveryCheck _check;
    private readonly DeliveryRecorder _recorder;
    private readonly int _video;
    private HttpResponseReader _response;
    private SseReader _events;

    /// <summary>Begins to connect; a viewer that cannot is gone at once.</summary>
    /// <param name="context">What it shares with the others of its thread.</param>
    /// <param name="number">Of its connection.</param>
    /// <param name="video">The one to watch.</param>
    /// <param name="isSlow">Whether it is one of those that stop reading.</param>
    public Viewer(ViewerContext context, int number, int video, bool isSlow)
    {
        _context = context;
        _video = video;
        _check = new(context.Ledger, video);
        _recorder = new(context, _check, isSlow);
        IsSlow = isSlow;
        Since = context.Now;
        Socket = context.Plan.Server.Connect(number, isSlow ? SlowReceiveBuffer : 0, out var errno);
        if (errno != 0)
        {
            State = ViewerState.Gone;
            CountError(SocketErrors.Describe(errno));
        }
    }

    public TcpSocket Socket { get; }

    public ViewerState State { get; private set; }

    public bool IsSlow { get; }

    /// <summary>Whether it does not read now: what comes stays in the socket until that is full.</summary>
    public bool IsStalled => IsSlow && State == ViewerState.Watching;

    /// <summary>When it began to connect; once it is leaving, when it began to.</summary>
    public long Since { get; private set; }

    /// <summary>Sends the request, once it is decided whether the connection stands.</summary>
    public void SendRequest()
    {
        var errno = Socket.TakeError();
        if (errno == 0)
        {
            var server = _context.Plan.Server;
            var request = Encoding.ASCII.GetBytes(
                $"GET {server.BasePath}/comments/{VideoLaw.LiveVideoId(_video)}/stream?backlog={_context.Plan.Options.Backlog} HTTP/1.1\r\n"
                + $"Host: {server.Host}\r\nAccept: text/event-stream\r\nCache-Control: no-cache\r\n\r\n");
            // A new socket always has room for these few bytes.
            errno = Math.Max(-Socket.Send(request), 0);
        }

        State = ViewerState.Waiting;
        if (errno != 0) Fail(SocketErrors.Describe(errno));
    }

    /// <summary>Takes what was received.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (State != ViewerState.Gone && _response.TryReadBody(ref bytes, out var body))
        {
            JoinIfAccepted();
            if (State is ViewerState.Watching or ViewerState.Leaving) _events.Read(body, _recorder);
        }

        JoinIfAccepted();
        if (_response.IsMalformed) Fail("answered with something that is not HTTP");
        else if (_events.IsEventTooLong) Fail("was sent an event without end");
        else if (_response.IsComplete) EndOfStream("stream ended by the server");
    }

    /// <summary>The connection is closed or broken.</summary>
    /// <param name="errno">0, or how it broke.</param>
    public void EndOfStream(int errno) =>
        EndOfStream(errno == 0 ? "stream ended by the server" : SocketErrors.Describe(errno));

    /// <summary>Expects nothing but what has been posted by now.</summary>
    public void Leave()
    {
        if (State == ViewerState.Watching)
        {
            State = ViewerState.Leaving;
            Since = _context.Now;
            _check.Leave();
        }
    }

    /// <summary>Whether a leaving viewer has all that it waits for.</summary>
    public bool IsComplete() => _check.IsComplete();

    /// <summary>Ends a leaving viewer: what it lacks now is missing.</summary>
    public void Finish() => Close(isCutOff: false);

    /// <summary>Ends a viewer that did not get what it was waiting for.</summary>
    public void Fail(string reason)
    {
        if (State == ViewerState.Gone) return;
        CountError(reason);
        Close(isCutOff: true);
    }

    private void JoinIfAccepted()
    {
        if (State != ViewerState.Waiting || !_response.IsHeadComplete) return;
        if (_response.Status != 200)
        {
            Fail($"answered {_response.Status}");
            return;
        }

        State = ViewerState.Watching;
        _check.Join();
        _context.Totals.Joined++;
        _context.Totals.Connected++;
    }

    private void EndOfStream(string reason)
    {
        if (IsSlow && State is ViewerState.Watching or ViewerState.Leaving)
        {
            // The server's right.
            _context.Totals.SlowCutOff++;
            Close(isCutOff: true);
        }
        else
        {
            Fail(reason);
        }
    }

    private void CountError(string reason) => _context.Totals.Errors.Increment($"viewer: {reason}");

    private void Close(bool isCutOff)
    {
        if (State == ViewerState.Gone) return;
        if (State is ViewerState.Watching or ViewerState.Leaving)
        {
            _context.Totals.Tally += _check.Tally(isCutOff);
            _context.Totals.Connected--;
        }

        State = ViewerState.Gone;
        Socket.Close();
        _response.Reset();
        _events.Clear();
    }
}
