using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester.Tests.Posters;

public class PostScheduleTests
{
    [Fact]
    public void Comments_are_due_at_a_steady_rate_for_the_whole_time()
    {
        var schedule = new PostSchedule(new VideoLaw(2, 0), 2, rate: 50, TimeSpan.FromSeconds(3));

        Assert.Equal(150, schedule.Total);
        Assert.Equal([75, 75], schedule.PerVideo);
        Assert.Equal(0, schedule.DueAfter(0));
        Assert.Equal(20_000_000, schedule.DueAfter(1));
        Assert.Equal(2_980_000_000, schedule.DueAfter(149));
    }

    [Fact]
    public void Every_comment_is_on_the_video_that_expects_it()
    {
        var schedule = new PostSchedule(new VideoLaw(7, 1.1), 7, rate: 500, TimeSpan.FromSeconds(2));

        var perVideo = Enumerable.Range(0, schedule.Total).CountBy(schedule.VideoOf).ToDictionary();

        Assert.Equal(schedule.PerVideo, Enumerable.Range(0, 7).Select(video => perVideo[video]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(20_000_000, 1)]
    [InlineData(20_000_001, 2)]
    [InlineData(1_000_000_000, 50)]
    [InlineData(9_000_000_000, 150)]
    public void A_part_of_the_time_has_the_comments_that_are_due_in_it(long nanoseconds, int due) =>
        Assert.Equal(due, new PostSchedule(new VideoLaw(1, 0), 1, rate: 50, TimeSpan.FromSeconds(3)).DueWithin(nanoseconds));

    [Fact]
    public void At_rate_zero_nothing_is_due() =>
        Assert.Equal(0, new PostSchedule(new VideoLaw(1, 0), 1, rate: 0, TimeSpan.FromSeconds(3)).Total);
}
