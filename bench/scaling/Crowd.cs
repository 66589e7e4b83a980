namespace Scaling;

/// <summary>
/// Who watches what. Each viewer picks a video by Zipf's law with exponent 1 (the r-th most popular is picked 1/r as often as the first),
/// and writes one comment in 1,000 s.
/// </summary>
internal sealed class Crowd
{
    public const double CommentsPerViewer = 0.001;

    public Crowd(int videos, int viewers, int servers, int seed)
    {
        (Videos, Viewers, Servers) = (videos, viewers, servers);
        var random = new Random(seed);
        var upTo = new double[videos];
        for (var rank = 0; rank < videos; rank++) upTo[rank] = (rank == 0 ? 0 : upTo[rank - 1]) + 1.0 / (rank + 1);
        ViewersOf = new int[videos];
        for (var viewer = 0; viewer < viewers; viewer++)
        {
            var found = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
            ViewersOf[found < 0 ? ~found : found]++;
        }
    }

    public int Videos { get; }

    public int Viewers { get; }

    public int Servers { get; }

    /// <summary>The viewers of each video, by popularity.</summary>
    public int[] ViewersOf { get; }

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"""
            {Viewers:N0} viewers, {Videos:N0} videos, {Servers:N0} servers, {Viewers * CommentsPerViewer:N0} comments/s:

            | | viewers | comments/s |
            |---|---|---|
            """);
        foreach (var rank in new[] { 1, 10, 100, 1_000, 10_000, 100_000 })
            output.WriteLine($"| video {rank:N0} by popularity | {ViewersOf[rank - 1]:N0} | {ViewersOf[rank - 1] * CommentsPerViewer:0.###} |");
        output.WriteLine($"\nwatched videos: {ViewersOf.Count(viewers => viewers > 0):N0}\n");
    }
}
