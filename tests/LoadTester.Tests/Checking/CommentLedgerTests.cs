using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Tests.Checking;

public class CommentLedgerTests
{
    [Fact]
    public void Is_one_and_the_same_wherever_it_is_opened()
    {
        using var here = CommentLedger.Create([1, 2, 3]);
        using var there = CommentLedger.Open(here.Path, [1, 2, 3]);

        Assert.Equal(0, here.BeginPost(2));
        Assert.Equal(1, here.BeginPost(2));
        here.Settle(2, 1, new PostResult(77));

        Assert.Equal([0, 0, 2], Enumerable.Range(0, 3).Select(there.Posted));
        Assert.Equal(PostResult.Pending, there.Outcome(2, 0));
        Assert.Equal(new PostResult(77), there.Outcome(2, 1));
        Assert.Equal(3, there.Capacity(2));
    }

    [Fact]
    public void Videos_do_not_share_a_place()
    {
        using var ledger = CommentLedger.Create([2, 0, 2]);

        ledger.Settle(0, 1, new PostResult(1));
        ledger.Settle(2, 0, new PostResult(2));

        Assert.Equal(1, ledger.Outcome(0, 1).Value);
        Assert.Equal(2, ledger.Outcome(2, 0).Value);
        Assert.Equal(PostResult.Pending, ledger.Outcome(2, 1));
    }

    [Fact]
    public void A_run_that_posts_nothing_has_one_too()
    {
        using var ledger = CommentLedger.Create([0]);

        Assert.Equal(0, ledger.Posted(0));
    }
}
