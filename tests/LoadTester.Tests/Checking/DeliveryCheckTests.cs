using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Tests.Checking;

public sealed class DeliveryCheckTests : IDisposable
{
    private readonly CommentLedger _ledger = CommentLedger.Create([5, 100]);
    private readonly DeliveryCheck _check;

    public DeliveryCheckTests() => _check = new DeliveryCheck(_ledger, new CommentFinder(_ledger), video: 1);

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void All_that_came_is_complete()
    {
        _check.Join();
        Acknowledge(Post(), id: 10);
        Acknowledge(Post(), id: 11);

        Assert.False(_check.IsComplete());
        Assert.Equal(Delivery.Live, Receive(10, 0));
        Assert.Equal(Delivery.Live, Receive(11, 1));
        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 2 }, _check.Tally(isCutOff: false));
    }

    [Fact]
    public void A_comment_posted_before_the_viewer_joined_may_come_or_not()
    {
        Acknowledge(Post(), id: 10);
        Acknowledge(Post(), id: 11);
        _check.Join();

        Assert.Equal(Delivery.BeforeJoin, Receive(11, 1));
        Assert.Equal(new DeliveryTally(), _check.Tally(isCutOff: false));
    }

    [Fact]
    public void A_comment_posted_after_the_viewer_left_is_not_expected()
    {
        _check.Join();
        Acknowledge(Post(), id: 10);
        Receive(10, 0);
        _check.Leave(now: 0);
        Acknowledge(Post(), id: 11);

        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1 }, _check.Tally(isCutOff: false));
    }

    [Fact]
    public void Nothing_is_complete_before_every_post_is_answered()
    {
        _check.Join();
        var sequence = Post();

        Assert.False(_check.IsComplete());
        _ledger.Settle(1, sequence, PostResult.Unknown);
        Assert.True(_check.IsComplete());
    }

    [Fact]
    public void A_post_of_unknown_outcome_may_come_once_or_not()
    {
        _check.Join();
        _ledger.Settle(1, Post(), PostResult.Unknown);
        _ledger.Settle(1, Post(), PostResult.Unknown);

        Assert.Equal(Delivery.Live, Receive(10, 0));
        Assert.Equal(Delivery.Doubled, Receive(10, 0));
        Assert.Equal(new DeliveryTally(), _check.Tally(isCutOff: false));
    }

    [Fact]
    public void A_refused_comment_must_not_come()
    {
        _check.Join();
        _ledger.Settle(1, Post(), PostResult.Refused);
        Receive(10, 0);

        Assert.Equal(new DeliveryTally { RefusedYetDelivered = 1 }, _check.Tally(isCutOff: false));
    }

    [Fact]
    public void A_late_comment_is_out_of_order_and_not_missing()
    {
        _check.Join();
        Acknowledge(Post(), id: 10);
        Acknowledge(Post(), id: 11);

        Assert.Equal(Delivery.Live, Receive(11, 1));
        Assert.Equal(Delivery.Live | Delivery.OutOfOrder, Receive(10, 0));
        Assert.Equal(0, _check.Tally(isCutOff: false).Missing);
    }

    [Fact]
    public void Ids_and_not_the_order_of_posting_tell_the_order()
    {
        _check.Join();
        Acknowledge(Post(), id: 11);
        Acknowledge(Post(), id: 10);

        Assert.Equal(Delivery.Live, Receive(10, 1));
        Assert.Equal(Delivery.Live, Receive(11, 0));
    }

    [Fact]
    public void Comments_of_others_count_for_the_order()
    {
        _check.Join();
        Acknowledge(Post(), id: 11);

        Assert.Equal(default, _check.ReceiveForeign(12));
        Assert.Equal(Delivery.OutOfOrder, _check.ReceiveForeign(12));
        Assert.Equal(Delivery.Live | Delivery.OutOfOrder, Receive(11, 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    public void A_comment_of_another_video_or_never_posted_is_astray(int video, int sequence)
    {
        _check.Join();
        Acknowledge(Post(), id: 10);

        Assert.Equal(Delivery.Astray, _check.Receive(10, new CommentMarker(video, sequence, 0)));
    }

    [Fact]
    public void A_told_gap_covers_what_lies_between_its_ids_and_no_more()
    {
        _check.Join();
        for (var id = 10; id <= 14; id++) Acknowledge(Post(), id);

        Receive(10, 0);
        _check.TellGap(new Gap(After: 10, Before: 13));

        Assert.False(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 5, InToldGaps = 2, Missing = 2 }, _check.Tally(isCutOff: false));
        Receive(13, 3);
        Receive(14, 4);
        Assert.True(_check.IsComplete());
    }

    [Fact]
    public void Of_a_stream_cut_off_only_what_lies_before_its_last_comment_is_expected()
    {
        _check.Join();
        for (var id = 10; id <= 13; id++) Acknowledge(Post(), id);

        Receive(10, 0);
        Receive(12, 2);

        Assert.Equal(new DeliveryTally { Expected = 3, Missing = 1 }, _check.Tally(isCutOff: true));
    }

    private int Post() => _ledger.BeginPost(1);

    private void Acknowledge(int sequence, long id) => _ledger.Settle(1, sequence, new PostResult(id));

    private Delivery Receive(long id, int sequence) => _check.Receive(id, new CommentMarker(1, sequence, 0));
}
