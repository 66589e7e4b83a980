using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Tests.Viewers;

public class PaceTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Doles_out_as_many_as_are_due()
    {
        var pace = new Pace(perSecond: 10, start: 5 * Second);

        Assert.Equal(0, TakeAll(pace, 4 * Second));
        Assert.Equal(5, TakeAll(pace, 5 * Second + Second / 2));
        Assert.Equal(0, TakeAll(pace, 5 * Second + Second / 2));
        Assert.Equal(15, TakeAll(pace, 7 * Second));
        Assert.Equal(20, pace.Taken);
    }

    private static int TakeAll(Pace pace, long now)
    {
        var taken = 0;
        while (pace.TryTake(now)) taken++;

        return taken;
    }
}
