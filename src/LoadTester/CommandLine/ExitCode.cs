namespace LiveComments.LoadTester.CommandLine;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Passed = 0;

    /// <summary>A check failed, or the run could not be brought to its end.</summary>
    public const int Failed = 1;

    /// <summary>The options are wrong, or ask for more than this machine allows.</summary>
    public const int BadOptions = 2;
}
