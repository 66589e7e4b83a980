using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Tests.Measuring;

public class WarmUpLogTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, 4.0)]
    [InlineData(false, 4.0, 2.0)]
    [InlineData(false, 2.0, 1.89)]
    [InlineData(true, 2.0, 1.91)]
    [InlineData(true, 4.0, 2.0, 2.5)]
    [InlineData(true, 0.0, 0.0)]
    public void A_server_is_warm_once_its_CPU_no_longer_falls(bool isSteady, params double[] seconds)
    {
        var log = new WarmUpLog();

        Array.ForEach(seconds, one => log.Add(TimeSpan.FromSeconds(one)));

        Assert.Equal(isSteady, log.IsSteady);
        Assert.Equal(seconds, log.CpuSeconds);
    }
}
