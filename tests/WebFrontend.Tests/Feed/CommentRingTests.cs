using FsCheck;
using FsCheck.Fluent;
using LiveComments.WebFrontend.Feed;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.Feed;

public sealed class CommentRingTests
{
    [Fact]
    public void Keeps_the_last_of_what_is_appended_and_prepended() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt Capacity, (bool Append, byte Count)[] Steps)>(),
            run =>
            {
                // The log is the numbers from 1 to 100,000; the ring begins in the middle of it.
                var capacity = run.Capacity.Get;
                var ring = new CommentRing(capacity, new(50_000));
                var (first, last) = (50_001L, 50_000L);
                foreach (var (append, count) in run.Steps)
                {
                    if (append)
                    {
                        for (var i = 0; i < count; i++) ring.Append(Comment(++last));
                    }
                    else
                    {
                        var below = ring.Floor.Value;
                        ring.Prepend(new([.. Enumerable.Range(0, count + 1).Select(i => Comment(below - i))], new(below - count)), count);
                        first = Math.Max(first - count, last - capacity + 1);
                    }

                    first = Math.Max(first, last - capacity + 1);
                    var ids = Enumerable.Range(0, ring.Count).Select(i => ring[ring.Start + i].Id.Value);
                    var expected = Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i);
                    if (!ids.SequenceEqual(expected) || ring.Floor.Value != first - 1 || ring.Last.Value != last) return false;
                }

                return true;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_position_stays_with_its_comment_while_older_ones_are_added()
    {
        var ring = new CommentRing(10, new(5));
        ring.Append(Comment(6));
        var position = ring.PositionAfter(new(5));

        ring.Prepend(new([Comment(5), Comment(4), Comment(3)], new(3)), 2);

        Assert.Equal(new(6), ring[position].Id);
        Assert.Equal(new(3), ring.Floor);
        Assert.Equal(position - 2, ring.Start);
    }

    [Fact]
    public void Where_the_old_end_of_the_log_was_removed_something_is_missing_below()
    {
        var ring = new CommentRing(10, new(7));
        ring.Prepend(new([Comment(7), Comment(6)], null, Expired: true), 9);

        Assert.True(ring.IsComplete);
        Assert.True(ring.PositionAfter(new(4)) < ring.Start);
        Assert.Equal(ring.Start, ring.PositionAfter(new(5)));
    }

    [Fact]
    public void The_beginning_of_the_log_has_nothing_below()
    {
        var ring = new CommentRing(10, new(3));
        ring.Prepend(new([Comment(3), Comment(2)], null), 9);
        Assert.Equal(CommentId.None, ring.Floor);
        Assert.Equal(ring.Start, ring.PositionAfter(CommentId.None));
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(25, 1)]
    [InlineData(30, 2)]
    [InlineData(99, 2)]
    [InlineData(10, 0)]
    [InlineData(9, -1)]
    public void The_place_after_an_id_is_found_also_where_the_id_is_none(long id, long expected)
    {
        var ring = new CommentRing(10, new(10));
        ring.Append(Comment(20));
        ring.Append(Comment(30));
        Assert.Equal(ring.Start + expected, ring.PositionAfter(new(id)));
    }
}
