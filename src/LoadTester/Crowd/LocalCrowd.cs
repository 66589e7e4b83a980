using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Crowd;

/// <summary>Viewers held by threads of this process.</summary>
internal sealed class LocalCrowd : ICrowd
{
    private readonly ViewerLoop[] _loops;

    public LocalCrowd(RunPlan plan, CommentLedger ledger, CrowdShare share, int threads)
    {
        _loops = [.. Enumerable.Range(0, threads).Select(thread => new ViewerLoop(plan, ledger, share.Part(thread, threads)))];
        Array.ForEach(_loops, loop => loop.Start());
    }

    public IReadOnlyList<int> WorkerPids => [];

    public CrowdProgress Progress =>
        _loops.Aggregate(default(CrowdProgress), (sum, loop) => sum + CrowdProgress.Of(loop.Totals));

    public Task Connected => Task.WhenAll(_loops.Select(loop => loop.Connected));

    public void BeginWindow(MeasuringWindow window) => Array.ForEach(_loops, loop => loop.BeginWindow(window));

    public async Task<ViewerTotals> DrainAsync(long until)
    {
        var sum = new ViewerTotals();
        foreach (var totals in await Task.WhenAll(_loops.Select(loop => loop.DrainAsync(until)))) sum.Add(totals);

        return sum;
    }

    /// <summary>Ends the threads: nothing may read the ledger after this.</summary>
    public async ValueTask DisposeAsync() => await DrainAsync(until: 0);
}
