using System.Globalization;

namespace LiveComments.LoadTester.Linux;

/// <summary>The memory of the kernel's TCP buffers, which counts for no process.</summary>
internal static class SocketMemory
{
    private const string Path = "/proc/net/sockstat";

    /// <summary>The bytes of the whole machine; 0 if the kernel does not tell.</summary>
    public static long Read()
    {
        if (!File.Exists(Path)) return 0;
        // Such as: TCP: inuse 5 orphan 0 tw 0 alloc 7 mem 1
        var words = File.ReadLines(Path).First(line => line.StartsWith("TCP:", StringComparison.Ordinal)).Split(' ');
        return long.Parse(words[Array.IndexOf(words, "mem") + 1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
