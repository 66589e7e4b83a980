using System.Globalization;

namespace LiveComments.LoadTester.Linux;

/// <summary>Where a thread's time went so far.</summary>
/// <param name="Running">On a CPU.</param>
/// <param name="Waiting">Ready to run, while others had the CPU.</param>
internal readonly record struct ThreadTimes(TimeSpan Running, TimeSpan Waiting)
{
    /// <summary>The calling thread's; zero if the kernel does not tell.</summary>
    public static ThreadTimes OfThisThread()
    {
        const string path = "/proc/thread-self/schedstat";
        if (!File.Exists(path)) return default;
        var nanoseconds = File.ReadAllText(path).Split(' ');
        return new ThreadTimes(Parse(nanoseconds[0]), Parse(nanoseconds[1]));
    }

    public static ThreadTimes operator -(ThreadTimes later, ThreadTimes earlier) =>
        new(later.Running - earlier.Running, later.Waiting - earlier.Waiting);

    private static TimeSpan Parse(string nanoseconds) =>
        TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e3);
}
