using System.Diagnostics;

namespace LiveComments.LoadTester.Measuring;

/// <summary>Nanoseconds of the machine's monotonic clock, the same in all of its processes.</summary>
internal static class Clock
{
    private static readonly long NanosecondsPerTick = 1_000_000_000 / Stopwatch.Frequency;

    public static long Now => Stopwatch.GetTimestamp() * NanosecondsPerTick;

    public static long Nanoseconds(TimeSpan time) => (long)time.TotalNanoseconds;
}
