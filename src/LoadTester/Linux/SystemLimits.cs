using System.Globalization;

namespace LiveComments.LoadTester.Linux;

/// <summary>What the machine allows one process, or one source address, to open.</summary>
internal static class SystemLimits
{
    /// <summary>Files, and so sockets, that one process may have open.</summary>
    public static int OpenFiles { get; } = Find(File.ReadLines("/proc/self/limits"), "Max open files");

    /// <summary>Ports that connections from one address to one other address can come from.</summary>
    public static int Ports { get; } = CountPorts(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range"));

    private static int Find(IEnumerable<string> lines, string name)
    {
        var line = lines.First(l => l.StartsWith(name, StringComparison.Ordinal));
        var softLimit = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return int.TryParse(softLimit, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }

    private static int CountPorts(string range)
    {
        var ends = range.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(ends[1], CultureInfo.InvariantCulture) - int.Parse(ends[0], CultureInfo.InvariantCulture) + 1;
    }
}
