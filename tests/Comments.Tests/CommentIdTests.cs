using FsCheck;
using FsCheck.Fluent;

namespace LiveComments.Tests;

public sealed class CommentIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_carries_the_time_to_the_millisecond()
    {
        var id = CommentId.None.Next(Noon.AddMilliseconds(7).AddTicks(1234));

        Assert.Equal(Noon.AddMilliseconds(7), id.CreatedAt);
    }

    [Fact]
    public void Next_rises_whatever_the_clock_does() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            jumps =>
            {
                var (id, now) = (CommentId.None, Noon);
                foreach (var jump in jumps)
                {
                    now = now.AddMilliseconds(jump);
                    var next = id.Next(now);
                    if (next <= id || next.CreatedAt < now.AddMilliseconds(-1)) return false;
                    id = next;
                }

                return true;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_time_is_too_early_or_too_late_for_a_place_among_the_ids()
    {
        Assert.Equal(CommentId.None, CommentId.At(DateTimeOffset.MinValue));
        foreach (var year in new[] { 2249, 2260, 2500, 9999 })
            Assert.InRange(CommentId.At(new(year, 1, 1, 0, 0, 0, TimeSpan.Zero)).Value, CommentId.At(Noon).Value, long.MaxValue);
    }

    [Fact]
    public void A_clock_that_stepped_back_keeps_the_time_and_counts_on()
    {
        var first = CommentId.None.Next(Noon);
        var second = first.Next(Noon.AddHours(-1));

        Assert.Equal(first.Successor, second);
        Assert.Equal(Noon, second.CreatedAt);
    }

    [Fact]
    public void A_time_before_1970_is_taken_as_its_start() =>
        Assert.Equal(new CommentId(1), CommentId.None.Next(DateTimeOffset.UnixEpoch.AddDays(-1)));

    [Fact]
    public void Text_form_reads_back() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNegativeInt>(),
            value => CommentId.TryParse(new CommentId(value.Get).ToString(), out var id) && id.Value == value.Get)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("١")]
    [InlineData("9223372036854775808")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void Anything_but_the_digits_of_a_64_bit_number_is_no_id(string text) => Assert.False(CommentId.TryParse(text, out _));
}
