using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Viewers;

/// <summary>
/// A thread that holds one share of the viewers: connects them, reads what they are sent, and waits in the end for
/// what is still to come.
/// </summary>
internal sealed class ViewerLoop(RunPlan plan, CommentLedger ledger, CrowdShare share)
{
    private const int TickMilliseconds = 10;

    private readonly ViewerContext _context = new(plan, ledger);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ViewerTotals> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _drainUntil = long.MaxValue;

    /// <summary>Ends once every viewer of the share is connected, or has failed to.</summary>
    public Task Connected => _connected.Task;

    /// <summary>What the viewers met so far; a moment of it, while the thread runs.</summary>
    public ViewerTotals Totals => _context.Totals;

    private bool IsDraining => Volatile.Read(ref _drainUntil) != long.MaxValue;

    public void Start() => new Thread(Run) { IsBackground = true, Name = nameof(ViewerLoop) }.Start();

    /// <summary>Tells that posting starts, and with it churn.</summary>
    public void BeginWindow(MeasuringWindow window) => _context.Window = window;

    /// <summary>Posting is over: waits for what is still to come, until this time at most, and disconnects.</summary>
    public Task<ViewerTotals> DrainAsync(long until)
    {
        Volatile.Write(ref _drainUntil, until);
        return _finished.Task;
    }

    private void Run()
    {
        try
        {
            using var sockets = new ViewerSockets(_context);
            var population = new ViewerPopulation(_context, share, sockets);
            Watch(sockets, population);
            Drain(sockets, population);
            _finished.SetResult(_context.Totals);
        }
        catch (Exception failure)
        {
            _connected.TrySetException(failure);
            _finished.TrySetException(failure);
        }
    }

    private void Watch(ViewerSockets sockets, ViewerPopulation population)
    {
        var load = new ReaderLoad(_context);
        while (!IsDraining)
        {
            sockets.Turn(TickMilliseconds);
            population.Tick();
            load.Sample();
            if (population.IsRampOver) _connected.TrySetResult();
        }
    }

    private void Drain(ViewerSockets sockets, ViewerPopulation population)
    {
        do
        {
            population.LeaveAll();
            sockets.Turn(TickMilliseconds);
        }
        while (!population.IsEmpty && _context.Now < Volatile.Read(ref _drainUntil));
        population.EndAll();
    }
}
