using LiveComments.Client.Requests;

namespace LiveComments.Client.Tests;

/// <summary>How long the client waits before it tries again.</summary>
public sealed class RetryPaceTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    [Fact]
    public void Waits_double_with_each_failure_up_to_half_a_minute()
    {
        var pace = new RetryPace(First);

        foreach (var seconds in new[] { 2, 4, 8, 16, 30, 30, 30 }) AssertAbout(seconds, pace.Next(null));
    }

    [Fact]
    public void The_servers_wish_counts_for_the_first_and_is_the_least_of_the_others()
    {
        var pace = new RetryPace(First);
        pace.Advise(TimeSpan.FromSeconds(5));
        pace.Advise(Timeout.InfiniteTimeSpan);

        foreach (var seconds in new[] { 5, 5, 8 }) AssertAbout(seconds, pace.Next(null));
        pace.Reset();
        pace.Advise(TimeSpan.FromSeconds(0.1));
        AssertAbout(0.1, pace.Next(null));
        AssertAbout(4, pace.Next(null));
    }

    [Fact]
    public void Retry_After_is_the_least()
    {
        var wait = new RetryPace(First).Next(TimeSpan.FromSeconds(60));

        Assert.InRange(wait, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(75));
    }

    [Fact]
    public void No_wish_is_longer_than_ten_minutes()
    {
        var pace = new RetryPace(First);
        pace.Advise(TimeSpan.FromDays(30));

        AssertAbout(600, pace.Next(null));
    }

    private static void AssertAbout(double seconds, TimeSpan wait) =>
        Assert.InRange(wait, TimeSpan.FromSeconds(seconds * 0.75), TimeSpan.FromSeconds(seconds * 1.25));
}
