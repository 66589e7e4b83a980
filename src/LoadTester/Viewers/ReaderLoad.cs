using LiveComments.LoadTester.Linux;

namespace LiveComments.LoadTester.Viewers;

/// <summary>How busy the calling thread was in the measuring window: whether it was the bottleneck itself.</summary>
internal sealed class ReaderLoad(ViewerContext context)
{
    private (long Time, ThreadTimes Times)? _start;
    private bool _isDone;

    /// <summary>To be called often; notes the times at both ends of the window.</summary>
    public void Sample()
    {
        if (context.Window is not { } window || _isDone) return;
        if (_start is not var (startTime, startTimes))
        {
            _start = context.Now >= window.Start ? (context.Now, ThreadTimes.OfThisThread()) : null;
        }
        else if (context.Now >= window.End)
        {
            var elapsed = TimeSpan.FromMicroseconds((context.Now - startTime) / 1e3);
            var times = ThreadTimes.OfThisThread() - startTimes;
            context.Totals.BusiestReader = times.Running / elapsed;
            context.Totals.LongestCpuWait = times.Waiting / elapsed;
            _isDone = true;
        }
    }
}
