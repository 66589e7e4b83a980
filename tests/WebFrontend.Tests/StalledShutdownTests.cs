using System.Net.Security;
using System.Text;
using LiveComments.HttpContract.Client;
using LiveComments.HttpContract.Hostile;
using LiveComments.WebFrontend.Tests.Contract;

namespace LiveComments.WebFrontend.Tests;

/// <summary>A viewer that reads nothing does not keep the program from ending as it should.</summary>
public abstract class StalledShutdownContract(SingleNodeTarget node)
{
    private const string Video = "hostile";

    /// <summary>What a viewer of <see cref="Video"/> sends.</summary>
    protected virtual byte[] Request => Encoding.ASCII.GetBytes(
        $"GET /comments/{Video}/stream HTTP/1.1\r\nHost: {node.Target.ReadAddress.Authority}\r\n\r\n");

    /// <summary>What it asks for in TLS.</summary>
    protected virtual SslApplicationProtocol? Protocol => null;

    [Fact]
    public async Task The_program_ends_in_order_while_a_viewer_reads_nothing()
    {
        using var client = new CommentsClient(node.Target);
        await using var asleep = await RawHttp.OpenAsync(node.Target.ReadAddress, receiveBuffer: 4096, Protocol);
        await asleep.WriteAsync(Request);
        // More than the first frames of HTTP/2: the stream has begun.
        await asleep.ReadExactlyAsync(new byte[200]).AsTask().InTime();
        // More than the kernel keeps for a connection.
        await client.PostManyAsync(Video, 10_000, _ => new string('x', 480));

        Assert.Equal(0, await node.TerminateAsync());
    }
}

public sealed class StalledShutdownTests(SingleNodeTarget node) : StalledShutdownContract(node), IClassFixture<SingleNodeTarget>;

public sealed class TlsStalledShutdownTests(TlsTarget tls) : StalledShutdownContract(tls), IClassFixture<TlsTarget>;

public sealed class TlsHttp2StalledShutdownTests(TlsHttp2Target tls) : StalledShutdownContract(tls), IClassFixture<TlsHttp2Target>
{
    protected override byte[] Request => HostileFrames.AskForStream();

    protected override SslApplicationProtocol? Protocol => SslApplicationProtocol.Http2;
}
