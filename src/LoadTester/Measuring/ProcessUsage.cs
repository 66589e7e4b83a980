using System.Diagnostics;
using LiveComments.LoadTester.CommandLine;

namespace LiveComments.LoadTester.Measuring;

/// <summary>What some processes have used so far, in sum; Linux tells it in <c>/proc/PID/stat</c>.</summary>
/// <param name="Cpu">CPU time of all their threads.</param>
/// <param name="ResidentBytes">Memory resident now.</param>
/// <param name="PeakResidentBytes">The most that was resident, of each at its own time.</param>
internal readonly record struct ProcessUsage(TimeSpan Cpu, long ResidentBytes, long PeakResidentBytes)
{
    /// <exception cref="LoadTestException">One of them is not there.</exception>
    public static ProcessUsage Of(IEnumerable<int> pids) =>
        pids.Select(Of).Aggregate(default(ProcessUsage), (sum, one) => sum + one);

    public static ProcessUsage operator +(ProcessUsage left, ProcessUsage right) =>
        new(left.Cpu + right.Cpu, left.ResidentBytes + right.ResidentBytes, left.PeakResidentBytes + right.PeakResidentBytes);

    public static ProcessUsage operator -(ProcessUsage left, ProcessUsage right) =>
        new(left.Cpu - right.Cpu, left.ResidentBytes - right.ResidentBytes, left.PeakResidentBytes - right.PeakResidentBytes);

    private static ProcessUsage Of(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return new(process.TotalProcessorTime, process.WorkingSet64, process.PeakWorkingSet64);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            throw new LoadTestException($"Process {pid} is gone.", ExitCode.Failed);
        }
    }
}
