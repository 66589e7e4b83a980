using System.Net.ServerSentEvents;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Tests;

/// <summary>A viewer's end that keeps what it gets, and is slow or gone where a test says so.</summary>
internal sealed class RecordingConnection : IViewerConnection
{
    private readonly MemoryStream _received = new();
    private int _writing;

    /// <summary>Awaited by each write after the bytes were taken.</summary>
    public Func<ValueTask> Taking { get; set; } = () => default;

    /// <summary>Told when it is broken off.</summary>
    public Action Aborted { get; set; } = () => { };

    /// <summary>Told after each write has begun.</summary>
    public Signal News { get; } = new();

    /// <summary>How many writes there were.</summary>
    public int Writes { get; private set; }

    /// <summary>The events that came so far, without keep-alive lines.</summary>
    public IReadOnlyList<SseItem<string>> Events
    {
        get
        {
            lock (_received) return [.. SseParser.Create(new MemoryStream(_received.ToArray())).Enumerate()];
        }
    }

    /// <summary>The ids of the comments that came so far.</summary>
    public IEnumerable<long> Ids => Events.Where(item => item.EventType == "comment").Select(item => long.Parse(item.EventId!));

    public void Abort() => Aborted();

    public async ValueTask WriteAsync(SsePayload bytes)
    {
        Assert.Equal(1, Interlocked.Increment(ref _writing));
        lock (_received)
        {
            _received.Write(bytes.Bytes.Span);
            Writes++;
        }

        News.Tell();
        await Taking();
        Interlocked.Decrement(ref _writing);
    }
}
