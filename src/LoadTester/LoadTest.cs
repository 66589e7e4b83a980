using System.Diagnostics;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Reporting;

namespace LiveComments.LoadTester;

/// <summary>One run from the first connection to the result.</summary>
internal static class LoadTest
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    /// <exception cref="LoadTestException">It cannot run as asked.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<LoadTestResult> RunAsync(
        ILoadTarget target, LoadTestOptions options, IProgressDisplay display, CancellationToken stop)
    {
        target.Check(options);
        var plan = new RunPlan(options, CommentMarker.NewRun());
        using var ledger = CommentLedger.Create(plan.Schedule.PerVideo);
        var usage = new UsageLog(options.ServerPids);
        usage.TakeBefore();

        var (viewers, posters) = target.Gather(plan, ledger);
        await using var crowd = viewers;
        usage.Workers = crowd.WorkerPids;
        await using var progress = new ProgressReporter(display, crowd, posters.Totals);

        progress.Phase = "connecting";
        var connecting = Stopwatch.StartNew();
        await crowd.Connected.WaitAsync(stop);
        connecting.Stop();
        await Task.Delay(Settle, stop);
        usage.TakeConnected();
        var connected = crowd.Progress.Connected;
        if (connected == 0 && options.Viewers > 0)
        {
            var reasons = (await crowd.DrainAsync(until: 0)).Errors.Keys;
            throw new LoadTestException($"Not one viewer could connect: {string.Join("; ", reasons)}.", ExitCode.Failed);
        }

        var postingStart = Clock.Now;
        var windowStart = postingStart + Clock.Nanoseconds(options.WarmUp);
        var window = new MeasuringWindow(postingStart, windowStart, windowStart + Clock.Nanoseconds(options.Duration));
        crowd.BeginWindow(window);
        var posting = posters.RunAsync(window);
        try
        {
            progress.Phase = "warming up";
            await DelayUntilAsync(window.Start, stop);
            usage.TakeWindowStart();
            progress.Phase = "measuring";
            await DelayUntilAsync(window.End, stop);
            usage.TakeWindowEnd();
            progress.Phase = "draining";
        }
        catch
        {
            // Before the ledger goes.
            posters.Stop();
            throw;
        }
        finally
        {
            await posting;
        }

        var seen = await crowd.DrainAsync(Clock.Now + Clock.Nanoseconds(options.Drain));
        ledger.RecordRemovals(window, posters.Totals.Removals.UntilTold);
        return LoadTestResult.From(options, connected, connecting.Elapsed, posters.Totals, seen, usage);
    }

    private static Task DelayUntilAsync(long time, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMicroseconds(Math.Max(time - Clock.Now, 0) / 1e3), stop);
}
