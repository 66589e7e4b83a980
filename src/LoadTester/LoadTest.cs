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
    private static readonly TimeSpan WarmUpWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(100);

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
            window = await WarmUpAsync(window, options, usage, stop);
            if (window.Start < windowStart)
            {
                crowd.BeginWindow(window);
                posters.BeginWindow(window);
            }

            await DelayUntilAsync(window.Start, stop);
            usage.WarmUp.Length = TimeSpan.FromMicroseconds((window.Start - postingStart) / 1e3);
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

    /// <summary>Takes what the server uses as it warms up, and returns the window that follows: an earlier one if it is warm before.</summary>
    private static async Task<MeasuringWindow> WarmUpAsync(
        MeasuringWindow window, LoadTestOptions options, UsageLog usage, CancellationToken stop)
    {
        if (!usage.HasServer) return window;
        usage.BeginWarmUp();
        var length = Clock.Nanoseconds(options.Steady > TimeSpan.Zero ? options.Steady : WarmUpWindow);
        for (var end = window.PostingStart + length; end <= window.Start; end += length)
        {
            await DelayUntilAsync(end, stop);
            usage.TakeWarmUp();
            // All threads and workers are to know of the window before it begins.
            var start = Clock.Now + Clock.Nanoseconds(Notice);
            if (options.Steady > TimeSpan.Zero && usage.WarmUp.IsSteady && start < window.Start)
                return window with { Start = start, End = start + Clock.Nanoseconds(options.Duration) };
        }

        return window;
    }

    private static Task DelayUntilAsync(long time, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMicroseconds(Math.Max(time - Clock.Now, 0) / 1e3), stop);
}
