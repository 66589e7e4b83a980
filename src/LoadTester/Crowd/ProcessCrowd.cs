using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Crowd;

/// <summary>Viewers held by several worker processes, if one may not open as many files.</summary>
internal sealed class ProcessCrowd : ICrowd
{
    private readonly WorkerProcess[] _workers;

    public ProcessCrowd(RunPlan plan, CommentLedger ledger) => _workers =
    [
        .. Enumerable.Range(0, plan.Options.Processes).Select(index => new WorkerProcess(
            new WorkerSetup(plan.Options, plan.Run, ledger.Path, new CrowdShare(index, plan.Options.Processes)))),
    ];

    public IReadOnlyList<int> WorkerPids => [.. _workers.Select(worker => worker.Pid)];

    public CrowdProgress Progress =>
        _workers.Aggregate(default(CrowdProgress), (sum, worker) => sum + worker.Progress);

    public Task Connected => Task.WhenAll(_workers.Select(worker => worker.Connected));

    public void BeginWindow(MeasuringWindow window) =>
        Array.ForEach(_workers, worker => worker.Send(new WorkerOrder(Window: window)));

    public async Task<ViewerTotals> DrainAsync(long until)
    {
        Array.ForEach(_workers, worker => worker.Send(new WorkerOrder(DrainUntil: until)));
        var sum = new ViewerTotals();
        foreach (var totals in await Task.WhenAll(_workers.Select(worker => worker.Finished))) sum.Add(totals);

        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
    }
}
