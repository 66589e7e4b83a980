using System.Net.ServerSentEvents;
using LiveComments.Client.Requests;

namespace LiveComments.Client.Follow;

/// <summary>One stream of a live video, from its beginning to its end.</summary>
internal sealed class OpenStream : IAsyncDisposable
{
    /// <summary>The server sends something every 15 s at least; twice that, and a little for the way.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(40);

    // Many times the longest comment, and several times the longest removal.
    private const int MaxEventBytes = 256 * 1024;

    private readonly HttpResponseMessage _answer;
    private readonly SseParser<StreamEvent> _parser;
    private readonly IAsyncEnumerator<SseItem<StreamEvent>> _events;
    private readonly CancellationToken _cancellation;

    private OpenStream(HttpResponseMessage answer, Stream body, string liveVideoId, TimeProvider time, CancellationToken cancellation)
    {
        (_answer, _cancellation) = (answer, cancellation);
        _parser = SseParser.Create(
            new EventStreamGuard(body, MaxSilence, MaxEventBytes, came: null, time),
            (type, data) => StreamEvent.Parse(liveVideoId, type, data));
        _events = _parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>What ended it; null if the server did.</summary>
    public ProblemException? Problem { get; private set; }

    /// <summary>Its <c>retry:</c>; not positive if it had none.</summary>
    public TimeSpan Retry => _parser.ReconnectionInterval;

    /// <summary>Begins to read an answer, which goes with the stream.</summary>
    /// <exception cref="ProblemException">It is no event stream.</exception>
    public static async Task<OpenStream> BeginAsync(
        HttpResponseMessage answer, string liveVideoId, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var type = answer.Content.Headers.ContentType?.MediaType;
            // A proxy's page with status 200 is no stream: someone has to log in first, for instance.
            if (!string.Equals(type, "text/event-stream", StringComparison.OrdinalIgnoreCase))
                throw ProblemException.NotOurs($"{type ?? "nothing"} for a stream");
            return new(answer, await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), liveVideoId, time, cancellation);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>The next event; null at the end.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<SseItem<StreamEvent>?> NextAsync()
    {
        try
        {
            return await _events.MoveNextAsync().ConfigureAwait(false) ? _events.Current : null;
        }
        catch (Exception exception) when (IsLoss(exception) && !_cancellation.IsCancellationRequested)
        {
            // Whoever follows is told of it.
            Problem = exception as ProblemException ?? ProblemException.NoAnswer(exception);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First the connection: a read that hangs would be waited for.
        _answer.Dispose();
        await _events.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether an exception says that the stream is lost, or was never one of ours.</summary>
    private static bool IsLoss(Exception exception) => ServerRequests.IsAway(exception) || exception is ProblemException or ObjectDisposedException;
}
