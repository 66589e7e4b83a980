using System.Net.ServerSentEvents;

namespace LiveComments.Client.EventStreams;

/// <summary>
/// Reads one event stream of a server, event by event, and bounds what the other end can do: silence, and events without end. It knows
/// nothing of what events carry: the client and the edges both read by it, each into types of its own, straight from the bytes.
/// Dispose of it to end the stream.
/// </summary>
/// <typeparam name="T">What the data of an event is made into.</typeparam>
internal sealed class EventStreamReader<T> : IAsyncDisposable
{
    /// <summary>The server sends something every 15 s at least; twice that, and a little for the way.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(35);

    // Many times the longest comment, and several times the longest removal.
    private const int MaxEventBytes = 256 * 1024;

    private readonly EventStreamGuard _stream;
    private readonly SseParser<T> _parser;
    private readonly IAsyncEnumerator<SseItem<T>> _events;

    /// <summary>Begins to read.</summary>
    /// <param name="body">The body of the answer.</param>
    /// <param name="parse">Makes something of the data of an event. What it throws comes from <see cref="MoveNextAsync"/>.</param>
    /// <param name="came">Called whenever something has come, keep-alive lines included; null for nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    public EventStreamReader(Stream body, SseItemParser<T> parse, Action? came, TimeProvider time, CancellationToken cancellation)
    {
        _stream = new(body, MaxSilence, MaxEventBytes, came, time);
        _parser = SseParser.Create(_stream, parse);
        _events = _parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>The event that <see cref="MoveNextAsync"/> has come to.</summary>
    public SseItem<T> Current => _events.Current;

    /// <summary>The <c>retry:</c> that came last; not positive if there was none.</summary>
    public TimeSpan Retry => _parser.ReconnectionInterval;

    /// <summary>Goes on to the next event; false at the end. It has completed already if the next event came with the last one.</summary>
    /// <exception cref="IOException">The stream is broken off, or an event is too long.</exception>
    /// <exception cref="TimeoutException">Nothing has come for too long.</exception>
    public ValueTask<bool> MoveNextAsync() => _events.MoveNextAsync();

    /// <summary>Ends the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        // First the connection: a read that hangs would be waited for.
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _events.DisposeAsync().ConfigureAwait(false);
    }
}
