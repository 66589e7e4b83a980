using System.Text;
using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Tests.Checking;

/// <summary>What a viewer must be told of removals, and what it must not be sent after them.</summary>
public sealed class RemovalCheckTests : IDisposable
{
    private const long Answered = 1000;

    private readonly CommentLedger _ledger = CommentLedger.Create([5, 100]);
    private readonly DeliveryCheck _check;

    public RemovalCheckTests()
    {
        _check = new DeliveryCheck(_ledger, new CommentFinder(_ledger), video: 1);
        _check.Join();
    }

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void A_viewer_with_the_comment_is_told_once_and_in_order()
    {
        Post(10);
        Receive(10, 0);
        Remove(0);

        Assert.False(_check.IsComplete());
        Assert.Equal(default, Tell(11, 10));
        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1, RemovalsExpected = 1 }, Tally());
    }

    [Fact]
    public void A_removal_that_does_not_come_is_missing()
    {
        Post(10);
        Receive(10, 0);
        Remove(0);

        Assert.False(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1, RemovalsExpected = 1, RemovalsMissing = 1 }, Tally());
    }

    [Fact]
    public void A_viewer_from_before_the_removal_of_an_older_comment_is_told_too()
    {
        Post(10);
        var late = new DeliveryCheck(_ledger, new CommentFinder(_ledger), video: 1);
        late.Join();
        late.Receive(10, new CommentMarker(1, 0, 0));
        Remove(0);

        Assert.False(late.IsComplete());
        Assert.Equal(new DeliveryTally { RemovalsExpected = 1, RemovalsMissing = 1 }, late.Tally(isCutOff: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_comment_removed_before_it_could_come_is_not_missing_whether_told_or_not(bool isTold)
    {
        Post(10);
        Remove(0);
        if (isTold) Tell(11, 10);

        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1, RemovedUnsent = 1 }, Tally());
    }

    [Fact]
    public void A_comment_that_somebody_else_removed_before_its_post_was_answered_is_not_missing()
    {
        var sequence = _ledger.BeginPost(1);
        Tell(11, 10);
        _ledger.Settle(1, sequence, new PostResult(10));

        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1, RemovedUnsent = 1 }, Tally());
        Assert.Equal(Delivery.Resurrected, Receive(10, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_comment_after_its_removal_is_a_fault_of_its_own(bool cameBefore)
    {
        Post(10);
        if (cameBefore) Receive(10, 0);
        Tell(11, 10);

        Assert.Equal(Delivery.Resurrected, Receive(10, 0));
        Assert.Equal(Delivery.Resurrected, Receive(10, 0));
    }

    [Fact]
    public void A_comment_that_comes_again_under_another_id_after_its_removal_is_the_same_fault()
    {
        Post(10);
        Receive(10, 0);
        Tell(11, 10);

        Assert.Equal(Delivery.Resurrected, Receive(12, 0));
    }

    [Fact]
    public void Another_comment_that_is_late_is_but_out_of_order()
    {
        Post(10);
        Post(11);
        Receive(11, 1);
        Tell(12, 11);

        Assert.Equal(Delivery.Live | Delivery.OutOfOrder, Receive(10, 0));
    }

    [Fact]
    public void A_removal_counts_for_the_order()
    {
        Post(10);
        Post(11);

        Assert.Equal(default, Tell(12, 10));
        Assert.Equal(Delivery.Live | Delivery.OutOfOrder, Receive(11, 1));
        Assert.Equal(Delivery.OutOfOrder, Tell(12, 11));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_removal_that_says_nothing_new_is_doubled(long id)
    {
        Post(10);

        Assert.Equal(default, Tell(11, 10, 9));
        Assert.Equal(Delivery.Doubled, Tell(id, 10));
        Assert.Equal(Delivery.Doubled, Tell(id, 9));
        Assert.Equal(default, Tell(13, 10, 8));
    }

    [Fact]
    public void A_range_takes_all_comments_in_it()
    {
        Post(10);
        Post(12);
        Receive(10, 0);
        Remove(0);
        var range = new ToldRemoval(From: 5, To: 11);

        Assert.Equal(default, _check.ReceiveRemoval(13, range));
        Assert.Equal(Delivery.Doubled, _check.ReceiveRemoval(13, range));
        Assert.Equal(Delivery.Resurrected, Receive(10, 0));
        Assert.Equal(new DeliveryTally { Expected = 2, Missing = 1, RemovalsExpected = 1 }, Tally());
    }

    [Fact]
    public void The_range_of_an_author_takes_the_comments_of_that_author_alone()
    {
        Post(10);
        Post(11);
        _check.ReceiveRemoval(13, new ToldRemoval(AuthorId: "abc", From: 5, To: 12));

        Assert.Equal(Delivery.Resurrected, Receive(10, 0, "{\"authorId\":\"abc\"}"));
        Assert.Equal(Delivery.Live | Delivery.OutOfOrder, Receive(11, 1, "{\"authorId\":\"xyz\"}"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void A_gap_tells_what_it_names_and_nothing_else(bool namesAnother, int missing)
    {
        Post(10);
        Post(11);
        Receive(10, 0);
        Receive(11, 1);
        Remove(0);
        _check.TellGap(new Gap(11, 20, [namesAnother ? 11 : 10]));

        Assert.Equal(missing == 0, _check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 2, RemovalsExpected = 1, RemovalsMissing = missing }, Tally());
    }

    [Fact]
    public void A_gap_that_says_nothing_of_removals_does_not_tell_them()
    {
        Post(10);
        Receive(10, 0);
        Remove(0);
        _check.TellGap(new Gap(10, 20));

        Assert.Equal(1, Tally().RemovalsMissing);
    }

    [Fact]
    public void A_gap_with_a_reset_tells_all_before_it_and_nothing_after()
    {
        Post(10);
        Receive(10, 0);
        Remove(0);
        _check.TellGap(new Gap(10, 20, Reset: true));
        Post(21);
        Receive(21, 1);
        Remove(1);

        Assert.Equal(new DeliveryTally { Expected = 2, RemovalsExpected = 2, RemovalsMissing = 1 }, Tally());
    }

    [Fact]
    public void Removals_answered_after_the_viewer_left_are_not_expected()
    {
        Post(10);
        Receive(10, 0);
        _check.Leave(now: Answered - 1);
        Remove(0);

        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1 }, Tally());
    }

    [Fact]
    public void A_removal_of_unknown_outcome_may_come_or_not()
    {
        Post(10);
        Post(11);
        Receive(10, 0);
        _ledger.BeginRemoval(1, 0);
        _ledger.BeginRemoval(1, 1);

        Assert.True(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 2, RemovedUnsent = 1 }, Tally());
    }

    [Fact]
    public void A_refused_removal_changes_nothing()
    {
        Post(10);
        _ledger.BeginRemoval(1, 0);
        _ledger.SettleRemoval(1, 0, RemovalResult.None);

        Assert.False(_check.IsComplete());
        Assert.Equal(new DeliveryTally { Expected = 1, Missing = 1 }, Tally());
    }

    [Fact]
    public void Of_a_stream_cut_off_no_removal_is_expected()
    {
        Post(10);
        Receive(10, 0);
        Remove(0);

        Assert.Equal(new DeliveryTally { Expected = 1 }, _check.Tally(isCutOff: true));
    }

    [Fact]
    public void The_last_of_those_who_were_there_is_when_all_were_told()
    {
        Post(10);
        Receive(10, 0);
        var late = new DeliveryCheck(_ledger, new CommentFinder(_ledger), video: 1);
        late.Join();

        Tell(11, 10, now: 70);
        late.ReceiveRemoval(11, new ToldRemoval([10]), now: 90);
        Assert.Equal(70, _ledger.LastTold(1, 0));

        _ledger.TellRemoval(1, 0, 60);
        Assert.Equal(70, _ledger.LastTold(1, 0));
    }

    private void Post(long id) => _ledger.Settle(1, _ledger.BeginPost(1), new PostResult(id));

    private void Remove(int sequence)
    {
        _ledger.BeginRemoval(1, sequence);
        _ledger.SettleRemoval(1, sequence, new RemovalResult(Answered));
    }

    private Delivery Receive(long id, int sequence, string data = "") =>
        _check.Receive(id, new CommentMarker(1, sequence, 0), Encoding.ASCII.GetBytes(data));

    private Delivery Tell(long id, long removed, long? another = null, long now = 0) =>
        _check.ReceiveRemoval(id, new ToldRemoval(another is { } more ? [removed, more] : [removed]), now);

    private DeliveryTally Tally() => _check.Tally(isCutOff: false);
}
