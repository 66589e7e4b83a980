using LiveComments.WebFrontend.Tests.Support;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The page as browsers have it: over TLS and HTTP/2, with its stream on the connection of its other requests.</summary>
public sealed class TlsTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    private const int Busy = 3000;

    [Fact]
    public async Task A_chat_goes_on_over_TLS_through_a_flood_and_a_restart()
    {
        using var files = new TemporaryDatabase();
        var (certificate, key) = TestCertificate.Write(new(files.Folder));
        using var database = new TemporaryDatabase();
        string[] settings =
        [
            "--Limits:PostsPerSecond=0",
            $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:KeyPath={key}",
        ];
        var server = await database.ServeAsync([.. settings, "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0"]);
        var address = server.Address;
        await using var window = await Browser.OpenAsync(new() { IgnoreHTTPSErrors = true });
        await window.WatchAsync(address, Video);
        Assert.Equal("h2", await window.Page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol"));

        await window.SayAsync("From the page");
        await window.SeesAsync("From the page");
        using (var client = new CommentsClient(new(address))) await client.PostManyAsync(Video, Busy, number => $"{number} {new string('x', 400)}");
        await window.SayAsync("After the flood");
        await window.SeesAsync("After the flood");

        await server.KillAsync();
        await using var again = await database.ServeAsync([.. settings, $"--Kestrel:Endpoints:Https:Url={address}"]);
        using var later = new CommentsClient(new(address));
        await later.PostAsync(Video, "After the restart");
        await window.SeesAsync("After the restart");
    }
}
