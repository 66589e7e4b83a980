using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveComments.LoadTester.Grains;

/// <summary>Viewers that are subscriptions to grains, and the client that they share with the posters.</summary>
internal sealed class GrainCrowd : ICrowd
{
    private const int MostConnecting = 64;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly ViewerContext _context;
    private readonly IHost _host;
    private readonly GrainViewer[] _viewers;

    public GrainCrowd(RunPlan plan, CommentLedger ledger, IHost host)
    {
        (_context, _host) = (new(plan, ledger), host);
        var viewers = plan.Options.Viewers;
        _viewers = [.. Enumerable.Range(0, viewers).Select(viewer => new GrainViewer(_context, plan.Law.OfViewer(viewer, viewers)))];
        Connected = ConnectAsync();
    }

    public IReadOnlyList<int> WorkerPids => [];

    public CrowdProgress Progress
    {
        get
        {
            lock (_context) return CrowdProgress.Of(_context.Totals);
        }
    }

    public Task Connected { get; }

    public void BeginWindow(MeasuringWindow window) => _context.Window = window;

    public async Task<ViewerTotals> DrainAsync(long until)
    {
        while (Clock.Now < until && !IsComplete()) await Task.Delay(LookEvery);
        lock (_context)
        {
            _context.Totals.Tally = _viewers.Aggregate(default(DeliveryTally), (sum, viewer) => sum + viewer.Check.Tally(isCutOff: false));
            return _context.Totals;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Parallel.ForEachAsync(_viewers, (viewer, _) => viewer.LeaveAsync());
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await _host.StartAsync().WaitAsync(StartPatience);
        }
        catch (OrleansException refused)
        {
            throw new LoadTestException($"--url: {refused.Message.ReplaceLineEndings(" ")}", ExitCode.Failed);
        }
        catch (TimeoutException)
        {
            var options = _context.Plan.Options;
            throw new LoadTestException(
                $"--url: no silo of the cluster '{options.ClusterId}' (--cluster-id) answers at {string.Join(", ", options.Urls)}.",
                ExitCode.Failed);
        }

        var videos = _host.Services.GetRequiredService<ILiveVideos>();
        await Parallel.ForEachAsync(
            _viewers, new ParallelOptions { MaxDegreeOfParallelism = MostConnecting }, (viewer, _) => viewer.JoinAsync(videos));
    }

    private bool IsComplete()
    {
        lock (_context) return Array.TrueForAll(_viewers, viewer => viewer.Check.IsComplete());
    }
}
