using System.Text.Json;
using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Crowd;

/// <summary>What a worker process of <see cref="ProcessCrowd"/> does: hold its share of the viewers, as it is told.</summary>
internal static class CrowdWorker
{
    /// <summary>The one argument of a worker process.</summary>
    public const string Command = "worker";

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Works until told to end, or until nobody is left to tell.</summary>
    public static async Task RunAsync(TextReader orders, TextWriter reports)
    {
        var setup = await ReadAsync<WorkerSetup>(orders) ?? throw new InvalidDataException("A worker needs a setup.");
        var plan = new RunPlan(setup.Options, setup.Run);
        using var ledger = CommentLedger.Open(setup.LedgerPath, plan.Schedule.PerVideo);
        await using var crowd = new LocalCrowd(plan, ledger, setup.Share, threads: 1);

        var order = ReadAsync<WorkerOrder>(orders);
        var connected = crowd.Connected;
        while (true)
        {
            var next = await Task.WhenAny(order, Task.Delay(ReportInterval));
            Write(reports, new WorkerReport(crowd.Progress, connected.IsCompletedSuccessfully));
            if (connected.IsFaulted) await connected;

            if (next != order) continue;
            switch (await order)
            {
                case { Window: { } window }:
                    crowd.BeginWindow(window);
                    break;
                case { DrainUntil: { } until }:
                    Write(reports, new WorkerReport(Totals: await crowd.DrainAsync(until)));
                    return;
                default:
                    return;
            }

            order = ReadAsync<WorkerOrder>(orders);
        }
    }

    private static async Task<T?> ReadAsync<T>(TextReader reader) =>
        await reader.ReadLineAsync() is { } line ? JsonSerializer.Deserialize<T>(line) : default;

    private static void Write(TextWriter reports, WorkerReport report)
    {
        reports.WriteLine(JsonSerializer.Serialize(report));
        reports.Flush();
    }
}
