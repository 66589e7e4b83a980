using LiveComments.LoadTester.Crowd;

namespace LiveComments.LoadTester.Tests.Crowd;

public class VideoLawTests
{
    [Fact]
    public void Without_an_exponent_every_video_gets_as_many()
    {
        var law = new VideoLaw(10, zipf: 0);

        Assert.Equal(Enumerable.Repeat(7, 10), Spread(10, 70, viewer => law.OfViewer(viewer, 70)));
        Assert.Equal(Enumerable.Repeat(7, 10), Spread(10, 70, law.OfComment));
        Assert.Equal(Enumerable.Repeat(7, 10), Spread(10, 70, viewer => law.AtShare((viewer + 0.5) / 70)));
    }

    [Fact]
    public void By_Zipf_a_video_gets_its_share_by_rank()
    {
        // Shares 1, 1/2, 1/3, 1/4 of 25/12.
        var law = new VideoLaw(4, zipf: 1);

        Assert.Equal([12, 6, 4, 3], Spread(4, 25, viewer => law.OfViewer(viewer, 25)));
    }

    [Fact]
    public void By_Zipf_comments_follow_the_same_shares_as_viewers()
    {
        var law = new VideoLaw(4, zipf: 1);

        var comments = Spread(4, 25_000, law.OfComment);

        int[] expected = [12_000, 6_000, 4_000, 3_000];
        Assert.All(expected.Zip(comments), pair => Assert.InRange(pair.Second, pair.First * 0.95, pair.First * 1.05));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void The_ends_of_the_crowd_have_a_video(double zipf)
    {
        var law = new VideoLaw(3, zipf);

        Assert.Equal(0, law.AtShare(0));
        Assert.Equal(2, law.AtShare(Math.BitDecrement(1)));
    }

    private static int[] Spread(int videos, int count, Func<int, int> videoOf)
    {
        var perVideo = new int[videos];
        for (var i = 0; i < count; i++) perVideo[videoOf(i)]++;

        return perVideo;
    }
}
