using System.Diagnostics;
using LiveComments.HttpContract.Client;

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
        using var process = new Process
        {
            StartInfo = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        // Build servers would outlive the test, and hold its output open.
        process.StartInfo.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        process.StartInfo.Environment["UseSharedCompilation"] = "false";
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            var written = await output.InTime() + await errors.InTime();
            return process.ExitCode == 0
                ? written
                : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{written}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
