using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Tests.Measuring;

public class UsageLogTests
{
    [Fact]
    public void Tells_what_this_process_used_in_the_window()
    {
        var log = new UsageLog([Environment.ProcessId]);

        log.TakeWindowStart();
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(100))
        {
        }

        log.TakeWindowEnd();

        Assert.True(log.InWindow.Server.Cpu > TimeSpan.FromMilliseconds(50), $"{log.InWindow}");
        Assert.True(log.End.Server.ResidentBytes > 1_000_000);
        Assert.True(log.Window > TimeSpan.Zero);
    }

    [Fact]
    public void A_server_that_is_gone_ends_the_run()
    {
        var gone = Assert.Throws<LoadTestException>(() => new UsageLog([int.MaxValue]).TakeBefore());

        Assert.Equal("Process 2147483647 is gone.", gone.Message);
    }
}
