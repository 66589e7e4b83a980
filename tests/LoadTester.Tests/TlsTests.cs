using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

/// <summary>The same checks over TLS, with a certificate of the tests' own.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly LoadTestOptions Insecure = LoadTestRun.Options with { Insecure = true };

    private readonly X509Certificate2 _certificate = TestCertificate.Create();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task A_faultless_server_is_reported_as_such()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), Insecure with { Videos = 3, Posters = 5 }, _certificate);

        Assert.Empty(result.Faults);
        Assert.Empty(result.Errors);
        Assert.Equal(counts.Delivered, result.Deliveries.Total);
        Assert.Equal(150, result.Posts.Acknowledged);
        Assert.True(result.LoadTester.CpuMicrosecondsPerDelivery > 0);
    }

    [Fact]
    public async Task Lost_comments_are_missing_in_their_exact_number_from_a_stream_cut_anywhere()
    {
        var (result, counts) = await LoadTestRun.RunAsync(
            new Faults { LoseEvery = 17, IsRagged = true }, LoadTestRun.Impatient with { Insecure = true }, _certificate);

        Assert.Equal(150 * 20 / 17, counts.Lost);
        Assert.Equal([$"{counts.Lost} comments missing"], result.Faults);
    }

    [Fact]
    public async Task Posts_larger_than_the_buffer_of_a_socket_go_through()
    {
        var body = $$"""{"author":"{author}","message":"{message}","more":"{{new string('x', 1_000_000)}}"}""";
        var options = Insecure with { Viewers = 1, Rate = 10, Requests = new() { PostBody = body } };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), options, _certificate);

        Assert.Empty(result.Faults);
        Assert.Equal(15, counts.Delivered);
        Assert.Equal(15, result.Deliveries.Total);
    }

    [Fact]
    public async Task A_gap_told_to_a_slow_viewer_is_counted_and_no_fault()
    {
        var options = Insecure with { Slow = 3, MessageSize = 500, Rate = 400 };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults { QueueLength = 200 }, options, _certificate);

        Assert.Equal(3, counts.Gaps);
        Assert.Equal(counts.Gaps, result.Deliveries.SlowGaps);
        Assert.Equal(600 * 20 - counts.InGaps, result.Deliveries.Total);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task A_post_cut_off_before_its_answer_is_a_fault()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { CutPostEvery = 10 }, Insecure, _certificate);

        Assert.Equal(15, counts.PostsCut);
        Assert.Equal(["15 posts failed"], result.Faults);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        var failure = await Assert.ThrowsAsync<LoadTestException>(
            () => LoadTestRun.RunAsync(new Faults(), LoadTestRun.Options, _certificate));

        Assert.Equal(
            "Not one viewer could connect: viewer: the certificate is not accepted (RemoteCertificateChainErrors); --insecure accepts any.",
            failure.Message);
    }

    [Fact]
    public async Task A_server_without_TLS_is_told_apart()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = Insecure with { Urls = [new($"https://{listener.LocalEndpoint}")], Viewers = 1 };
        var answering = AnswerInTheClearAsync(listener);

        var failure = await Assert.ThrowsAsync<LoadTestException>(
            () => LoadTest.RunAsync(new HttpTarget(), options, new LoadTestRun.Silence(), CancellationToken.None));

        Assert.StartsWith("Not one viewer could connect: viewer: TLS: ", failure.Message);
        Assert.DoesNotContain("--insecure", failure.Message);
        await answering;
    }

    [Fact]
    public async Task A_certificate_that_the_machine_trusts_is_accepted()
    {
        await using var server = new TinyServer(new Faults(), _certificate);
        var trusted = Path.GetTempFileName();
        await File.WriteAllTextAsync(trusted, _certificate.ExportCertificatePem());
        var start = new ProcessStartInfo(
            "dotnet", $"{typeof(LoadTestCommand).Assembly.Location} --url {server.Url} --viewers 5 --rate 50 --duration 500ms --warmup 0s")
        {
            Environment = { ["SSL_CERT_FILE"] = trusted },
        };

        var (exitCode, output, errors) = await ChildProcess.RunAsync(start);
        File.Delete(trusted);

        Assert.True(exitCode == ExitCode.Passed, output + errors);
        Assert.Contains("125 expected", output);
    }

    private static async Task AnswerInTheClearAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await client.GetStream().CopyToAsync(Stream.Null);
    }
}
