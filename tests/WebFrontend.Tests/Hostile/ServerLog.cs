using System.Text.RegularExpressions;
using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Hostile;

internal static partial class ServerLog
{
    /// <summary>
    /// Fails where the server has written a line at Warning or above, or of an exception that nobody caught. That Kestrel's heartbeat came late
    /// does not count: it tells of a machine whose processors went to others.
    /// </summary>
    public static void AssertNothingLogged(this ServerProcess server) =>
        Assert.DoesNotContain(server.Output, line => WarningOrAbove().IsMatch(line));

    [GeneratedRegex(@"^(warn: (?!Microsoft\.AspNetCore\.Server\.Kestrel\[22\])|fail:|crit:)|Unhandled exception")]
    private static partial Regex WarningOrAbove();
}
