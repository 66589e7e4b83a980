using System.Security.Cryptography.X509Certificates;
using LiveComments.LoadTester.Reporting;
using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

/// <summary>Runs of the load tester against a tiny server with known faults.</summary>
internal static class LoadTestRun
{
    /// <summary>150 comments to 20 viewers.</summary>
    public static LoadTestOptions Options { get; } = new()
    {
        Urls = [new("http://unset")],
        Viewers = 20,
        Rate = 100,
        WarmUp = TimeSpan.FromSeconds(0.5),
        Duration = TimeSpan.FromSeconds(1),
        Drain = TimeSpan.FromSeconds(30),
        Ramp = 10_000,
    };

    /// <summary>As above, for faults that never heal: nothing more comes, however long one waits.</summary>
    public static LoadTestOptions Impatient { get; } = Options with { Drain = TimeSpan.FromSeconds(4) };

    public static async Task<(LoadTestResult Result, FaultCounts Counts)> RunAsync(
        Faults faults, LoadTestOptions options, X509Certificate2? certificate = null)
    {
        await using var server = new TinyServer(faults, certificate);
        var result = await LoadTest.RunAsync(
            new HttpTarget(), options with { Urls = [server.Url] }, new Silence(), CancellationToken.None);
        return (result, server.Counts);
    }

    internal sealed class Silence : IProgressDisplay
    {
        public void Show(RunProgress progress)
        {
        }
    }
}
