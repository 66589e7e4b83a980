using System.Diagnostics;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Shows every second how a run goes, until disposed of.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Interval);
    private readonly Task _showing;
    private volatile string _phase = "";

    public ProgressReporter(IProgressDisplay display, ICrowd crowd, PosterTotals posts) =>
        _showing = ShowAsync(display, crowd, posts);

    /// <summary>What the run does now.</summary>
    public string Phase
    {
        set => _phase = value;
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _showing;
    }

    private async Task ShowAsync(IProgressDisplay display, ICrowd crowd, PosterTotals posts)
    {
        var time = Stopwatch.StartNew();
        var (before, deliveredBefore) = (TimeSpan.Zero, 0L);
        while (await _timer.WaitForNextTickAsync())
        {
            var now = crowd.Progress;
            var elapsed = time.Elapsed;
            var perSecond = (now.Deliveries - deliveredBefore) / (elapsed - before).TotalSeconds;
            display.Show(new RunProgress(elapsed, _phase, now.Connected, posts.Acknowledged, perSecond, now.P99 / 1e6));
            (before, deliveredBefore) = (elapsed, now.Deliveries);
        }
    }
}
