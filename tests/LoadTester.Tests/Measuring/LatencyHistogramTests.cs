using FsCheck;
using FsCheck.Fluent;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Tests.Measuring;

public class LatencyHistogramTests
{
    private static readonly double[] Shares = [0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1];

    [Fact]
    public void Percentiles_are_at_most_one_percent_above_those_of_the_sorted_samples()
    {
        // Of every magnitude, so that no doubling is left out.
        var samples = Gen.Choose(0, 39).SelectMany(bits => Gen.Choose(0, int.MaxValue)
                .Select(part => (1L << bits) + (long)(part / (double)int.MaxValue * (1L << bits))))
            .Select(nanoseconds => Math.Min(nanoseconds, LatencyHistogram.Highest)).ArrayOf().ToArbitrary();

        Prop.ForAll(samples, AreClose).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Small_durations_are_exact()
    {
        var histogram = Of([.. Enumerable.Range(0, 256)]);

        Assert.Equal(127, histogram.Percentile(0.5));
        Assert.Equal(255, histogram.Percentile(1));
    }

    [Fact]
    public void Durations_out_of_range_count_as_the_nearest_in_range()
    {
        var histogram = Of([-5, long.MaxValue]);

        Assert.Equal(0, histogram.Percentile(0.5));
        Assert.Equal(LatencyHistogram.Highest, histogram.Max);
    }

    [Fact]
    public void Two_histograms_add_up()
    {
        var sum = Of([1, 1000, 1_000_000]);

        sum.Add(Of([5, 2_000_000]));

        Assert.Equal(5, sum.Total);
        Assert.Equal(2_000_000, sum.Max);
        Assert.InRange(sum.Percentile(0.6), 1000, 1010);
    }

    [Fact]
    public void Without_durations_every_percentile_is_zero() => Assert.Equal(0, new LatencyHistogram().Percentile(0.99));

    private static bool AreClose(long[] samples)
    {
        var histogram = Of(samples);
        Array.Sort(samples);
        return samples.Length == 0 || Shares.All(share =>
        {
            var exact = samples[Math.Max((int)Math.Ceiling(share * samples.Length) - 1, 0)];
            var found = histogram.Percentile(share);
            return found >= exact && found <= exact * 1.01;
        });
    }

    private static LatencyHistogram Of(long[] samples)
    {
        var histogram = new LatencyHistogram();
        Array.ForEach(samples, histogram.Record);
        return histogram;
    }
}
