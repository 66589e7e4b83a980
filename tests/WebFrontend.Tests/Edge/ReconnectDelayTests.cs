using System.Net.Http.Headers;
using LiveComments.WebFrontend.Edge;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>How long an edge waits before it opens a stream again.</summary>
public sealed class ReconnectDelayTests
{
    private readonly ReconnectDelay _delay = new(new Random(1));

    [Fact]
    public void What_the_upstream_asks_for_counts()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), _delay.AfterStream(TimeSpan.FromSeconds(7)));
        Assert.InRange(_delay.AfterFailure(RetryAfter(20)), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void No_upstream_is_left_alone_for_more_than_about_a_minute()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), _delay.AfterStream(TimeSpan.FromDays(100)));
        Assert.InRange(_delay.AfterFailure(RetryAfter(int.MaxValue)), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    }

    private static RetryConditionHeaderValue RetryAfter(int seconds) => new(TimeSpan.FromSeconds(seconds));
}
