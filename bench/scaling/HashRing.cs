namespace Scaling;

/// <summary>
/// Consistent hashing as nginx and others do it: each server has 160 points on a circle, a video belongs to the next one.
/// </summary>
internal sealed class HashRing
{
    private const int PointsOfServer = 160;

    private readonly ulong[] _points;
    private readonly int[] _servers;

    public HashRing(int servers)
    {
        _servers = [.. Enumerable.Range(0, servers * PointsOfServer).Select(point => point / PointsOfServer)];
        _points = [.. Enumerable.Range(0, servers * PointsOfServer).Select(point => Mix((ulong)point + (1UL << 40)))];
        Array.Sort(_points, _servers);
    }

    /// <summary>The server that comes <paramref name="step"/> servers' points after a video's place.</summary>
    public int Owner(int video, int step = 0)
    {
        var found = Array.BinarySearch(_points, Mix((ulong)video));
        return _servers[((found < 0 ? ~found : found) + step) % _servers.Length];
    }

    /// <summary>Writes what share of the videos moves when one server comes.</summary>
    public static void WriteMoves(int videos, TextWriter output)
    {
        output.WriteLine("| servers | videos that move, consistent hash | evenly spread it were | modulo |\n|---|---|---|---|");
        foreach (var servers in new[] { 3, 10, 100, 1_000 })
        {
            var (before, after) = (new HashRing(servers), new HashRing(servers + 1));
            var all = Enumerable.Range(0, videos);
            double moved = all.Count(video => before.Owner(video) != after.Owner(video));
            double modulo = all.Count(video => Mix((ulong)video) % (ulong)servers != Mix((ulong)video) % (ulong)(servers + 1));
            output.WriteLine($"| {servers:N0} + 1 | {moved / videos:P2} | {1.0 / (servers + 1):P2} | {modulo / videos:P1} |");
        }
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
