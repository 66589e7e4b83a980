namespace LiveComments.LoadTester.Measuring;

/// <summary>The part of a run that the figures are taken from, in nanoseconds of <see cref="Clock"/>.</summary>
/// <param name="PostingStart">When the first comment is due.</param>
/// <param name="Start">When the warm-up is over.</param>
/// <param name="End">When the last comment is due.</param>
internal sealed record MeasuringWindow(long PostingStart, long Start, long End)
{
    public bool Contains(long time) => time >= Start && time < End;
}
