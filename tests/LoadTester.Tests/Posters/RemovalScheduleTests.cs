using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester.Tests.Posters;

public class RemovalScheduleTests
{
    private const long Second = 1_000_000_000;

    private static readonly MeasuringWindow Window = new(PostingStart: 0, Start: 0, End: 10 * Second);

    [Fact]
    public void Half_are_removed_at_once_and_half_when_all_should_have_them()
    {
        var schedule = new RemovalSchedule(perSecond: 2, Window);
        for (var comment = 0; comment < 4; comment++) schedule.Offer(Comment(comment), 1 * Second);

        Assert.Equal(2, schedule.Waiting);
        Assert.Equal([0], Take(schedule, 1 * Second));
        Assert.Equal(2 * Second, schedule.NextDue());
        Assert.Empty(Take(schedule, 2 * Second - 1));
        Assert.Equal([1], Take(schedule, 2 * Second));
        Assert.Equal(long.MaxValue, schedule.NextDue());
    }

    [Fact]
    public void Nothing_is_taken_once_the_last_comment_was_due()
    {
        var schedule = new RemovalSchedule(perSecond: 2, Window);
        schedule.Offer(Comment(0), 10 * Second);

        Assert.Equal(0, schedule.Waiting);
    }

    [Fact]
    public void Without_a_rate_nothing_is_removed()
    {
        var schedule = new RemovalSchedule(perSecond: 0, Window);
        schedule.Offer(Comment(0), 5 * Second);

        Assert.Equal(0, schedule.Waiting);
    }

    private static PostedComment Comment(int number) => new(number, 0, number, 0, 0, Removes: 100 + number);

    private static List<int> Take(RemovalSchedule schedule, long now)
    {
        var taken = new List<int>();
        while (schedule.TryTake(now, out var comment)) taken.Add(comment.Number);
        return taken;
    }
}
