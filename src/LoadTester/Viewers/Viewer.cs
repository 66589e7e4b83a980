using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Http;
using LiveComments.LoadTester.Http2;
using LiveComments.LoadTester.Sse;

namespace LiveComments.LoadTester.Viewers;

/// <summary>One viewer of one live video: a connection, the readers of its stream, and the check of what came.</summary>
internal sealed class Viewer
{
    private const int SlowReceiveBuffer = 4096;

    private readonly ViewerContext _context;
    private readonly DeliveryCheck _check;
    private readonly DeliveryRecorder _recorder;
    private readonly int _number;
    private readonly int _video;
    private readonly IResponseReader _response;
    private SseReader _events;

    /// <summary>Begins to connect; a viewer that cannot is gone at once.</summary>
    /// <param name="context">What it shares with the others of its thread.</param>
    /// <param name="number">Of its connection.</param>
    /// <param name="video">The one to watch.</param>
    /// <param name="isSlow">Whether it is one of those that stop reading.</param>
    public Viewer(ViewerContext context, int number, int video, bool isSlow)
    {
        (_context, _number, _video) = (context, number, video);
        _check = new(context.Ledger, context.Finder, video);
        _recorder = new(context, _check, isSlow);
        _response = context.Plan.Options.Http2 ? new Http2ResponseReader() : new HttpResponseReader();
        IsSlow = isSlow;
        Since = context.Now;
        Connection = context.Plan.StreamServer(number).Connect(
            number, context.Plan.Options.Http2, isSlow ? SlowReceiveBuffer : 0, out var errno);
        if (errno != 0)
        {
            State = ViewerState.Gone;
            CountError(SocketErrors.Describe(errno));
        }
    }

    public IConnection Connection { get; }

    public ViewerState State { get; private set; }

    public bool IsSlow { get; }

    /// <summary>Whether it does not read now: what comes stays in the socket until that is full.</summary>
    public bool IsStalled => IsSlow && State == ViewerState.Watching;

    // It may be told of a gap in a way that is not known here.
    private bool IsOwedNothing => IsSlow && _context.Plan.Options.Requests.AnyEvent;

    /// <summary>When it began to connect; once it is leaving, when it began to.</summary>
    public long Since { get; private set; }

    /// <summary>Sends the request, once it is decided whether the connection stands.</summary>
    public void SendRequest()
    {
        var error = Connection.TakeError();
        // A new socket always has room for these few bytes.
        if (error == 0) error = Math.Max(-Connection.Send(_context.Plan.StreamRequest(_video, _number)), 0);
        State = ViewerState.Waiting;
        if (error != 0) Fail(Connection.Describe(error));
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
        if (_response.Fault is { } fault) Fail(fault);
        else if (_events.IsEventTooLong) Fail("was sent an event without end");
        else if (_response.End is { } end) EndOfStream(end);
        else if (State != ViewerState.Gone && _response.Answer(Connection) is var error and not 0) Fail(Connection.Describe(error));
    }

    /// <summary>The connection is closed or broken.</summary>
    /// <param name="error">0, or how it broke.</param>
    public void EndOfStream(int error) => EndOfStream(error == 0 ? "stream ended by the server" : Connection.Describe(error));

    /// <summary>Expects nothing but what has been posted by now.</summary>
    public void Leave()
    {
        if (State == ViewerState.Watching)
        {
            State = ViewerState.Leaving;
            Since = _context.Now;
            _check.Leave(Since);
        }
    }

    /// <summary>Whether a leaving viewer has all that it waits for.</summary>
    public bool IsComplete() => IsOwedNothing || _check.IsComplete();

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
            if (!IsOwedNothing) _context.Totals.Tally += _check.Tally(isCutOff);
            _context.Totals.Connected--;
        }

        State = ViewerState.Gone;
        Connection.Dispose();
        _response.Reset();
        _events.Clear();
    }
}
