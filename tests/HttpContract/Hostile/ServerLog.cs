using System.Text.RegularExpressions;

namespace LiveComments.HttpContract.Hostile;

/// <summary>What a server has written.</summary>
public static partial class ServerLog
{
    /// <summary>
    /// Fails where the server has written a line at Warning or above, or of an exception that nobody caught. That Kestrel's heartbeat came
    /// late does not count: it tells of a machine whose processors went to others.
    /// </summary>
    public static void AssertNothingLogged(this ServerProcess server)
    {
        var lines = server.Output.SkipWhile(line => !WarningOrAbove().IsMatch(line)).Take(20).ToList();
        Assert.True(lines.Count == 0, $"The server logged:\n{string.Join('\n', lines)}");
    }

    [GeneratedRegex(@"^(warn: (?!Microsoft\.AspNetCore\.Server\.Kestrel\[22\])|fail:|crit:)|Unhandled exception")]
    private static partial Regex WarningOrAbove();
}
