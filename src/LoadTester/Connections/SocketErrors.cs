using System.Runtime.InteropServices;
using LiveComments.LoadTester.Linux;

namespace LiveComments.LoadTester.Connections;

/// <summary>Says what went wrong with a socket, and for the limits of the machine what helps.</summary>
internal static class SocketErrors
{
    private const int TooManyFiles = 24, TooManyFilesInSystem = 23, NoPortLeft = 99;

    public static string Describe(int errno) => errno switch
    {
        TooManyFiles => $"open files ran out ({SystemLimits.OpenFiles} a process; use --processes)",
        TooManyFilesInSystem => "the machine's open files ran out",
        NoPortLeft => $"ports ran out ({SystemLimits.Ports} for each source address; use --sources)",
        _ => Marshal.GetPInvokeErrorMessage(errno),
    };
}
