using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.HttpContract.Hostile;
using LiveComments.WebFrontend.Tests.Support;
using Xunit.Abstractions;

namespace LiveComments.WebFrontend.Tests.Hostile;

/// <summary>Generated input against the real program over sockets.</summary>
public sealed class HostileInputTests(ITestOutputHelper output) : IDisposable
{
    private const string Video = HostileInputs.Video;

    private static readonly string[] Settings = [.. ContractTarget.Settings, "--Streaming:Replay=1000000"];

    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Nothing_that_clients_send_breaks_the_server_or_forges_an_event()
    {
        await using var server = await _database.ServeAsync(Settings);
        await SendAllKindsAsync(server, HostileInputs.Count);
    }

    [Fact]
    public async Task Nothing_that_clients_send_breaks_an_edge_or_its_upstream()
    {
        await using var server = await _database.ServeAsync(Settings);
        await using var edge = await EdgeServer.StartAsync(server.Address, Settings);
        await SendAllKindsAsync(edge, HostileInputs.Count / 5);
        server.AssertNothingLogged();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_frames_of_HTTP_2_break_the_server(bool isTls)
    {
        using var certificates = new TemporaryDatabase();
        await using var server = await _database.ServeAsync(
            [.. Settings, .. isTls ? Tls(new(certificates.Folder)) : ["--Kestrel:EndpointDefaults:Protocols=Http2"]]);
        output.WriteLine($"LIVECOMMENTS_HOSTILE_SEED={HostileInputs.Seed}");

        var answered = await HostileFrames.SendAsync(server.Address, HostileInputs.Count / 100, HostileInputs.Seed);

        output.WriteLine($"{answered} connections were answered with headers");
        Assert.NotEqual(0, answered);
        using var client = new CommentsClient(new(server.Address) { HttpVersion = new(2, 0) });
        await client.PostAsync(Video);
        server.AssertNothingLogged();
    }

    [Fact]
    public async Task No_frames_of_WebSockets_break_the_server()
    {
        await using var server = await _database.ServeAsync(Settings);
        using var client = new CommentsClient(new(server.Address));
        using var viewer = await client.WatchAsync(Video, "?backlog=0");
        output.WriteLine($"LIVECOMMENTS_HOSTILE_SEED={HostileInputs.Seed}");

        var (posted, closes) = await HostileSockets.SendAsync(server.Address, Video, HostileInputs.Count / 5, HostileInputs.Seed);

        output.WriteLine($"{posted} posts; closes: {string.Join(", ", closes.OrderBy(close => close.Key))}");
        Assert.All(closes.Keys, code => Assert.Contains(code, (int[])[0, 1000, 1002, 1003, 1007, 1008, 1009]));
        Assert.All((int[])[1000, 1002], code => Assert.Contains(code, closes.Keys));
        Assert.InRange((await viewer.TakeAsync(posted)).Count, 1, posted);
        server.AssertNothingLogged();
    }

    private static string[] Tls(DirectoryInfo folder)
    {
        var (certificate, key) = TestCertificate.Write(folder);
        return
        [
            "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0",
            $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:KeyPath={key}",
        ];
    }

    private async Task SendAllKindsAsync(ServerProcess server, int count)
    {
        output.WriteLine($"LIVECOMMENTS_HOSTILE_SEED={HostileInputs.Seed}");
        using var client = new CommentsClient(new(server.Address));
        var first = await client.PostAsync(Video);
        var inputs = new HostileInputs(server.Address);

        await inputs.SendAllKindsAsync(count);

        output.WriteLine(string.Join(", ", inputs.Statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        // RFC 9110 has these two, and no others from 500 up, for what a client asks: a coding or method, a version that a server does not
        // know.
        Assert.DoesNotContain(inputs.Statuses.Keys, status => status >= 500 && status is not (501 or 505));
        Assert.Contains(201, inputs.Statuses.Keys);
        server.AssertNothingLogged();

        // All that was let in comes as the events that it is and as nothing else.
        var last = await client.PostAsync(Video);
        using var viewer = await client.WatchAsync(Video, $"?after={first.Id}");
        Assert.Equal(await client.HistoryAsync(Video), [first, .. await viewer.TakeThroughAsync(last)]);
    }
}
