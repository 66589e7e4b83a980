using LiveComments.LoadTester.Linux;

namespace LiveComments.LoadTester;

/// <summary>Says before a run which limit of this machine it would hit.</summary>
internal static class SystemCheck
{
    // The runtime's own, the ledger, and viewers that are leaving while others already join.
    private const int SpareFiles = 200;

    /// <exception cref="LoadTestException">The machine does not allow such a run.</exception>
    public static void Check(LoadTestOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new LoadTestException("The load tester needs Linux: it reads its sockets with epoll.");
        }

        if (options.ServerPids.FirstOrDefault(pid => !Directory.Exists($"/proc/{pid}")) is var gone and > 0)
        {
            throw new LoadTestException($"--pid: there is no process {gone}.");
        }

        var viewers = (options.Viewers + options.Processes - 1) / options.Processes;
        var files = viewers + (options.Processes == 1 ? options.Posters : 0) + SpareFiles;
        if (files > SystemLimits.OpenFiles)
        {
            var spare = SpareFiles + (options.Processes == 1 ? options.Posters : 0);
            var enough = options.Viewers / Math.Max(SystemLimits.OpenFiles - spare, 1) + 1;
            throw new LoadTestException(
                $"--viewers: {viewers} viewers in a process need {files} open files, and {SystemLimits.OpenFiles} are allowed; use --processes {enough}.");
        }

        var connections = options.Viewers + options.Posters;
        var sources = Math.Max(options.Sources.Count, 1);
        if (connections > (long)SystemLimits.Ports * sources)
        {
            throw new LoadTestException(
                $"--viewers: {connections} connections need more than the {SystemLimits.Ports} ports of a source address; name "
                + $"{(connections - 1) / SystemLimits.Ports + 1} with --sources, on this machine for example 127.0.0.2,127.0.0.3.");
        }
    }
}
