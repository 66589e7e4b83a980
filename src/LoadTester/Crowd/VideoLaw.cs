namespace LiveComments.LoadTester.Crowd;

/// <summary>
/// Spreads viewers and comments over the videos: evenly, or by a Zipf law in which video k gets a share of 1/k^s. The
/// same in every process of a run, so that all agree on the sequence numbers of each video.
/// </summary>
internal sealed class VideoLaw
{
    private readonly int _videos;
    private readonly double[]? _cumulativeShares;

    public VideoLaw(int videos, double zipf)
    {
        _videos = videos;
        if (zipf > 0)
        {
            _cumulativeShares = new double[videos];
            var sum = 0.0;
            for (var video = 0; video < videos; video++) _cumulativeShares[video] = sum += Math.Pow(video + 1, -zipf);
        }
    }

    /// <summary>The video of a viewer, of so many.</summary>
    public int OfViewer(int viewer, int viewers) =>
        _cumulativeShares is null ? viewer % _videos : AtShare((viewer + 0.5) / viewers);

    /// <summary>The video of a comment, counted over the run.</summary>
    public int OfComment(int comment) => _cumulativeShares is null ? comment % _videos : AtShare(Draw((ulong)comment));

    /// <summary>The video at a share (0-1) of the whole crowd.</summary>
    public int AtShare(double share)
    {
        if (_cumulativeShares is null) return (int)(share * _videos);
        var index = Array.BinarySearch(_cumulativeShares, share * _cumulativeShares[^1]);
        return Math.Min(index < 0 ? ~index : index, _videos - 1);
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same draw in 0-1 for the same number, wherever it is made.</summary>
    private static double Draw(ulong number)
    {
        number = (number + 1) * 0x9e3779b97f4a7c15;
        number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
        number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
        return ((number ^ (number >> 31)) >> 11) / (double)(1UL << 53);
    }
}
