using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;
namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// One open stream: a position in its channel's ring and the connection to write to. It has no queue and no task of its own. Whoever has
/// news for it calls <see cref="Pump"/>; one caller at a time writes, and looks again before it leaves.
/// </summary>
internal sealed class Viewer(IViewerConnection connection, CommentFeed feed, Cursor cursor, StreamMetrics metrics)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Cursor _cursor = cursor;
    private int _writing;
    private volatile bool _ending;
    private volatile bool _keepAliveDue;
    private int _keepAlivesMissed;

    /// <summary>The position in the ring that it gets next.</summary>
    public long Position => _cursor.Position;

    /// <summary>Completes when nothing more will be written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Lets it have a keep-alive line. One that takes so little that <paramref name="patience"/> of them in a row came up while the same write
    /// was still under way is cut off: its socket is held for nobody.
    /// </summary>
    public void KeepAlive(int patience)
    {
        if (!_keepAliveDue)
        {
            _keepAlivesMissed = 0;
        }
        else if (++_keepAlivesMissed >= patience)
        {
            connection.Abort();
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

    /// <summary>Writes all that it misses, unless somebody is at it already or it is slow to take the last write.</summary>
    public void Pump()
    {
        while (HasNews && Interlocked.CompareExchange(ref _writing, 1, 0) == 0)
        {
            if (!WriteWhileReady()) return;
            Interlocked.Exchange(ref _writing, 0);
        }
    }

    private bool HasNews => _ending || _keepAliveDue || HasComments;

    private bool HasComments => feed.End > _cursor.Position;

    /// <summary>False where the write goes on by itself, or the viewer has ended: then it stays taken.</summary>
    private bool WriteWhileReady()
    {
        while (!_ending)
        {
            var batch = NextBatch();
            if (batch is null) return true;
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

        return HasComments ? feed.Read(_cursor) : null;
    }

    private ValueTask Send(WriteBatch batch)
    {
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
            // Whatever broke, broke the connection: the viewer is gone.
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
        // Only a gap moves a viewer on without giving it a comment.
        else if (batch.Next != _cursor.Position) metrics.GapTold();
        _cursor = _cursor with { Position = batch.Next, Last = batch.Last };
    }
}
