namespace LiveComments.Tests;

public sealed class LiveVideoIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Ab_9-z")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Accepts_the_alphabet_up_to_64(string text) => Assert.Equal(text, LiveVideoId.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Refuses_all_else(string? text) => Assert.False(LiveVideoId.TryParse(text, null, out _));

    [Fact]
    public void A_log_of_its_own_is_read_as_it_is_written_and_is_no_video()
    {
        var held = LiveVideoId.Parse("a").OfHeld;
        Assert.Equal(held, LiveVideoId.ParseLog(held.ToString()));
        Assert.True(held.HoldsDecisions);
        Assert.True(held.HoldsHeldComments);
        Assert.False(LiveVideoId.TryParse(held.ToString(), null, out _));
        Assert.Equal(LiveVideoId.Parse("a"), LiveVideoId.ParseLog("a"));
        Assert.Throws<FormatException>(() => LiveVideoId.ParseLog("a b.held"));
    }

    [Fact]
    public void An_audit_says_what_it_is_of()
    {
        var video = LiveVideoId.Parse("a");
        foreach (var audit in (LiveVideoId[])[video.OfAudit, LiveVideoId.OfSiteAudit])
        {
            Assert.Equal(audit, LiveVideoId.ParseLog(audit.ToString()));
            Assert.True(audit.HoldsDecisions);
            Assert.True(audit.HoldsAudit);
        }

        Assert.Equal(video, video.OfAudit.Audited);
        Assert.Null(LiveVideoId.OfSiteAudit.Audited);
        Assert.False(video.HoldsAudit || video.OfHeld.HoldsAudit);
        Assert.Throws<FormatException>(() => LiveVideoId.ParseLog(".bans"));
    }

    [Fact]
    public void Case_matters() => Assert.NotEqual(LiveVideoId.Parse("a"), LiveVideoId.Parse("A"));
}
