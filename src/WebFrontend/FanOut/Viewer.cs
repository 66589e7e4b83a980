using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// One open stream: a position in its feed's ring and the connection to write to. It has no queue and no task of its own. When there is
/// something to write, any thread calls <see cref="Pump"/>. One caller at a time writes, and checks for more before it returns.
/// </summary>
internal sealed class Viewer(IViewerConnection connection, CommentFeed feed, Cursor cursor, StreamMetrics metrics)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Cursor _cursor = cursor;
    private long _sentFrom = cursor.Position;
    private long _sentUpTo = cursor.Position;
    private SsePayload? _settings;
    private SsePayload? _pin;
    private int _writing;
    private volatile bool _ending;
    private volatile bool _isOver;
    private volatile bool _keepAliveDue;
    private int _keepAlivesMissed;

    /// <summary>The position in the ring that it gets next.</summary>
    public long Position => _cursor.Position;

    /// <summary>It was sent all that there was from this position on.</summary>
    public long SentFrom => Volatile.Read(ref _sentFrom);

    /// <summary>It was sent all before this position, what is being written included.</summary>
    public long SentUpTo => Volatile.Read(ref _sentUpTo);

    /// <summary>What is to be known of who was told of removals; null if nothing is.</summary>
    public OpenReceipts? Receipts { get; set; }

    /// <summary>Its slot among the viewers of its hub; -1 before it has one.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Whether whoever reads it passes it on to others.</summary>
    public bool IsRelay { get; init; }

    /// <summary>The id that it has given itself, if it is an edge; null if it does not say it.</summary>
    public Guid? Edge { get; init; }

    /// <summary>Whether it was ended because what is here is too old to be passed on.</summary>
    public bool EndedAsStale { get; private set; }

    /// <summary>Whether it was ended because the live video is over.</summary>
    public bool EndedAsOver => _isOver;

    /// <summary>Completes when nothing more will be written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Queues a keep-alive line. Cuts the viewer off if <paramref name="patience"/> of them in a row were due while the same write was
    /// still under way.
    /// </summary>
    public void KeepAlive(int patience)
    {
        if (!_keepAliveDue)
        {
            _keepAlivesMissed = 0;
        }
        else if (++_keepAlivesMissed >= patience)
        {
            Abort();
            return;
        }

        _keepAliveDue = true;
        Pump();
    }

    /// <summary>Ends it as soon as the write under way, if any, is done.</summary>
    public void End()
    {
        _ending = true;
        Pump();
    }

    /// <summary>Breaks its connection off; a write under way fails.</summary>
    public void Abort() => connection.Abort();

    /// <summary>Ends it as <see cref="End"/> does: what is here is too old to be passed on.</summary>
    public void EndAsStale()
    {
        EndedAsStale = true;
        End();
    }

    /// <summary>Ends it as soon as it has had all comments: the live video is over.</summary>
    public void EndAsOver()
    {
        _isOver = true;
        Pump();
    }

    /// <summary>Writes all that it misses, unless another thread does so or the last write is still under way.</summary>
    public void Pump()
    {
        while (HasNews && Interlocked.CompareExchange(ref _writing, 1, 0) == 0)
        {
            if (!WriteWhileReady()) return;
            Interlocked.Exchange(ref _writing, 0);
        }
    }

    private bool HasNews => _ending || _isOver || _keepAliveDue || HasSettings || HasPin || HasComments;

    private bool HasSettings => feed.Settings != _settings;

    private bool HasPin => feed.Pin != _pin;

    private bool HasComments => feed.End > _cursor.Position;

    /// <summary>False if the write goes on asynchronously, or the viewer has ended: then the right to write is kept.</summary>
    private bool WriteWhileReady()
    {
        while (!_ending)
        {
            var batch = NextBatch();
            if (batch is null)
            {
                if (!_isOver) return true;
                break;
            }

            var write = Send(batch);
            if (!write.IsCompletedSuccessfully)
            {
                _ = FinishAsync(write, batch);
                return false;
            }

            Written(batch);
        }

        _ended.TrySetResult();
        return false;
    }

    private WriteBatch? NextBatch()
    {
        if (_keepAliveDue)
        {
            _keepAliveDue = false;
            return new(SsePayload.KeepAlive, 0, _cursor.Position, _cursor.Last);
        }

        // That the video is over comes after its last comment: whoever passes it on ends its own viewers then.
        if (HasSettings && !(feed.HasEnded && HasComments))
        {
            _settings = feed.Settings;
            return new(_settings!, 0, _cursor.Position, _cursor.Last);
        }

        if (HasPin)
        {
            _pin = feed.Pin;
            return new(_pin!, 0, _cursor.Position, _cursor.Last);
        }

        return HasComments ? feed.Read(_cursor) : null;
    }

    private ValueTask Send(WriteBatch batch)
    {
        // Over a gap it is sent nothing.
        if (batch.IsGap) Volatile.Write(ref _sentFrom, batch.Next);
        Volatile.Write(ref _sentUpTo, batch.Next);
        try
        {
            return connection.WriteAsync(batch.Payload);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    private async Task FinishAsync(ValueTask write, WriteBatch batch)
    {
        metrics.BecameSlow();
        try
        {
            await write;
            Written(batch);
        }
        catch (Exception)
        {
            // Any failure here means that the connection is lost.
            _ending = true;
        }
        finally
        {
            metrics.CaughtUp();
        }

        if (!WriteWhileReady()) return;
        Interlocked.Exchange(ref _writing, 0);
        Pump();
    }

    private void Written(WriteBatch batch)
    {
        if (batch.Comments > 0) metrics.Delivered(batch.Comments);
        else if (batch.IsGap) metrics.GapTold();
        _cursor = _cursor with { Position = batch.Next, Last = batch.Last };
        Receipts?.OnWritten(this);
    }
}
