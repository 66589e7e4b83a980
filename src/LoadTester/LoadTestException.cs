using LiveComments.LoadTester.CommandLine;

namespace LiveComments.LoadTester;

/// <summary>The test cannot run as asked, or not to its end. The message is one line for the user.</summary>
internal sealed class LoadTestException(string message, int exitCode = ExitCode.BadOptions) : Exception(message)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode => exitCode;
}
