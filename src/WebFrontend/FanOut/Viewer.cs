using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;
namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// One open stream: a position in its channel's ring and the connection to write to. It has no queue and no task of its own. Whoever has
/// news for it calls <see cref="Pump"/>; one caller at a time writes, and looks again before it leaves.
/// </summary>
internal sealed class Viewer(IViewerConnection connection, StreamMetrics metrics)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommentFeed? _feed;
    private int _writing;
    private volatile bool _ending;
    private volatile bool _keepAliveDue;
    private int _keepAlivesMissed;

    /// <summary>How many comments it is given when it has missed more than the ring holds.</summary>
    public required int Backlog { get; init; }

    /// <summary>The position that it gets next. Guarded by the channel until it is attached, then by the one who writes.</summary>
    public long Position { get; set; }

    /// <summary>The last comment that it has.</summary>
    public CommentId Last { get; set; }

    /// <summary>Completes when nothing more will be written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to feed it from <paramref name="feed"/>.</summary>
    public void Attach(CommentFeed feed) => _feed = feed;

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

    private bool HasNews => _ending || _keepAliveDue || _feed?.End > Position;

    /// <summary>False where the write goes on by itself, or the viewer has ended: then it stays taken.</summary>
    private bool WriteWhileReady()
    {
        while (!_ending)
        {
            var step = NextStep();
            if (step is null) return true;
            var write = Send(step);
            if (!write.IsCompletedSuccessfully)
            {
                _ = FinishAsync(write, step);
                return false;
            }

            Written(step);
        }

        _ended.TrySetResult();
        return false;
    }

    private WriteBatch? NextStep()
    {
        if (_keepAliveDue)
        {
            _keepAliveDue = false;
            return new(SsePayload.KeepAlive, 0, Position, Last);
        }

        return _feed?.Read(this);
    }

    private ValueTask Send(WriteBatch step)
    {
        try
        {
            return connection.WriteAsync(step.Bytes);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    private async Task FinishAsync(ValueTask write, WriteBatch step)
    {
        metrics.BecameSlow();
        try
        {
            await write;
            Written(step);
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

    private void Written(WriteBatch step)
    {
        if (step.Comments > 0) metrics.Delivered(step.Comments);
        // Only a gap moves a viewer on without giving it a comment.
        else if (step.Next != Position) metrics.GapTold();
        (Position, Last) = (step.Next, step.Last);
    }
}
