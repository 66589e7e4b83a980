using System.Net.ServerSentEvents;
using LiveComments.Client.EventStreams;
using LiveComments.Client.Requests;

namespace LiveComments.Client.Follow;

/// <summary>One stream of a live video, from its beginning to its end.</summary>
internal sealed class OpenStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly EventStreamReader<StreamEvent> _events;
    private readonly CancellationToken _cancellation;

    private OpenStream(HttpResponseMessage answer, EventStreamReader<StreamEvent> events, CancellationToken cancellation) =>
        (_answer, _events, _cancellation) = (answer, events, cancellation);

    /// <summary>What ended it; null if the server did.</summary>
    public ProblemException? Problem { get; private set; }

    /// <summary>Its <c>retry:</c>; not positive if it had none.</summary>
    public TimeSpan Retry => _events.Retry;

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
            var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            var events = new EventStreamReader<StreamEvent>(
                body, (type, data) => StreamEvent.Parse(liveVideoId, type, data), came: null, time, cancellation);
            return new(answer, events, cancellation);
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
        catch (Exception exception)
            when ((ServerRequests.IsAway(exception) || exception is ProblemException) && !_cancellation.IsCancellationRequested)
        {
            // Whoever follows is told of it.
            Problem = exception as ProblemException ?? ProblemException.NoAnswer(exception);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync().ConfigureAwait(false);
        _answer.Dispose();
    }
}
