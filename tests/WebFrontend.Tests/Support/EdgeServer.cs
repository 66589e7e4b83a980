using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests;

/// <summary>Starts the real program as an edge.</summary>
internal static class EdgeServer
{
    /// <summary>Starts an edge in front of <paramref name="upstream"/>.</summary>
    public static Task<ServerProcess> StartAsync(Uri upstream, params IEnumerable<string> settings) =>
        ServerProcess.StartAsync(TemporaryDatabase.Program, ["--Role=edge", $"--Upstream:Address={upstream}", "--Upstream:TimeoutSeconds=30", .. settings]);
}
