using System.Diagnostics;

namespace LiveComments.Silo.Tests;

/// <summary>The load tester against the grains of a cluster of three.</summary>
[Collection(ClusterContract.Name)]
public sealed class ClusterLoadTests(LocalCluster cluster)
{
    private static readonly string LoadTester = Path.Combine(AppContext.BaseDirectory, "LiveComments.LoadTester.dll");

    [Fact]
    public async Task Subscriptions_on_all_silos_get_all_that_is_posted_in_batches()
    {
        Assert.Equal(3, cluster.Nodes.Count);
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet",
            [LoadTester, .. "--url orleans://127.0.0.1:30000 --viewers 60 --videos 12 --rate 500 --posters 1000 --warmup 0s --duration 2s".Split(' ')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var output = await Task.WhenAll(program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync()).InTime();
        await program.WaitForExitAsync().InTime();

        Assert.True(program.ExitCode == 0, string.Concat(output));
        Assert.Contains("1,000 acknowledged", output[0]);
    }
}
