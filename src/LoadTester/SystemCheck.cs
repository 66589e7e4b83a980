using System.Net;
using System.Net.Sockets;
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
        if (!OperatingSystem.IsLinux()) throw new LoadTestException("The load tester needs Linux: it reads its sockets with epoll.");

        CheckServerPids(options);
        CheckSources(options);
        CheckFiles(options);
        CheckPorts(options);
    }

    private static void CheckServerPids(LoadTestOptions options)
    {
        foreach (var pid in options.ServerPids.Where(pid => !Directory.Exists($"/proc/{pid}")))
            throw new LoadTestException($"--pid: there is no process {pid}.");
    }

    private static void CheckSources(LoadTestOptions options)
    {
        foreach (var source in options.Sources)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
            }
            catch (SocketException)
            {
                throw new LoadTestException($"--sources: {source} is not an address of this machine.");
            }
        }
    }

    private static void CheckFiles(LoadTestOptions options)
    {
        var others = SpareFiles + (options.Processes == 1 ? options.Posters : 0);
        var viewers = (options.Viewers + options.Processes - 1) / options.Processes;
        if (viewers + others > SystemLimits.OpenFiles)
        {
            var enough = options.Viewers / Math.Max(SystemLimits.OpenFiles - SpareFiles, 1) + 1;
            throw new LoadTestException(
                $"--viewers: {viewers} viewers need {viewers + others} open files in a process, and {SystemLimits.OpenFiles} are "
                + $"allowed; use --processes {Math.Max(enough, 2)}.");
        }
    }

    private static void CheckPorts(LoadTestOptions options)
    {
        var connections = options.Viewers + options.Posters;
        if (connections > (long)SystemLimits.Ports * Math.Max(options.Sources.Count, 1))
        {
            throw new LoadTestException(
                $"--viewers: {connections} connections need more than the {SystemLimits.Ports} ports of a source address; name "
                + $"{(connections - 1) / SystemLimits.Ports + 1} with --sources, on this machine for example 127.0.0.2,127.0.0.3.");
        }
    }
}
