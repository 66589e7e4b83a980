using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Operations;

namespace LiveComments.WebFrontend.Tests.Operations;

public sealed class VideoRatesTests
{
    private readonly VideoRates _rates = new();

    [Fact]
    public void A_steady_rate_is_found_and_a_video_seen_first_has_none()
    {
        Assert.Equal(0, _rates.Next([new(Id(1), 1, 1_000)])[0].Rate);
        for (var second = 1; second <= 60; second++) _rates.Next([new(Id(1), 1, 1_000 + 10 * second)]);
        Assert.Equal(10, _rates.Next([new(Id(1), 1, 1_610)])[0].Rate);
    }

    [Fact]
    public void A_video_that_counts_anew_has_no_rate_below_zero()
    {
        _rates.Next([new(Id(1), 1, 1_000)]);
        Assert.Equal(0, _rates.Next([new(Id(1), 1, 3)])[0].Rate);
    }

    [Fact]
    public void The_ten_with_most_deliveries_come_first()
    {
        VideoActivity[] Videos(long comments) => [.. Enumerable.Range(1, 20).Select(n => new VideoActivity(Id(n), n, n * comments))];
        _rates.Next(Videos(0));
        Assert.Equal(Enumerable.Range(11, 10).Reverse().Select(Id), _rates.Next(Videos(5)).Select(video => video.Id));
    }

    private static LiveVideoId Id(int n) => LiveVideoId.Parse($"video-{n}");
}
