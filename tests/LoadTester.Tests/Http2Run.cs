using System.Security.Cryptography.X509Certificates;
using LiveComments.LoadTester.Reporting;
using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

/// <summary>Runs of the load tester over HTTP/2.</summary>
internal static class Http2Run
{
    /// <summary>150 comments to 20 viewers.</summary>
    public static LoadTestOptions Options { get; } = LoadTestRun.Options with { Http2 = true, Insecure = true };

    /// <summary>As above, for faults that never heal.</summary>
    public static LoadTestOptions Impatient { get; } = LoadTestRun.Impatient with { Http2 = true, Insecure = true };

    public static X509Certificate2 Certificate { get; } = TestCertificate.Create();

    /// <summary>Loads a server with these faults.</summary>
    public static async Task<(LoadTestResult Result, TinyHttp2Server Server)> RunAsync(
        Faults faults, LoadTestOptions options, bool isTls = true)
    {
        await using var server = await TinyHttp2Server.StartAsync(faults, isTls ? Certificate : null);
        return (await RunAsync(server, options), server);
    }

    public static Task<LoadTestResult> RunAsync(TinyHttp2Server server, LoadTestOptions options) => LoadTest.RunAsync(
        new HttpTarget(), options with { Urls = [server.Url], PostUrls = [server.PostUrl] }, new LoadTestRun.Silence(), default);
}
