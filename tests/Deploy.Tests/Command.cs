using System.Diagnostics;

namespace LiveComments.Deploy.Tests;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    // A build of everything on a machine that is busy with other things.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs a program in a folder and gives what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it wrote.</exception>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static async Task<string> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        // Build servers would outlive the test, and hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        var (exitCode, output, errors) = await ChildProcess.RunAsync(start, Limit);
        return exitCode == 0
            ? output + errors
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}{errors}");
    }
}
