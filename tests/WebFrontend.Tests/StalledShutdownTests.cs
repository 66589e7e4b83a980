using System.Text;
using LiveComments.HttpContract.Client;
using LiveComments.WebFrontend.Tests.Contract;

namespace LiveComments.WebFrontend.Tests;

/// <summary>A viewer that reads nothing does not keep the program from ending as it should.</summary>
public abstract class StalledShutdownContract(SingleNodeTarget node)
{
    [Fact]
    public async Task The_program_ends_in_order_while_a_viewer_reads_nothing()
    {
        using var client = new CommentsClient(node.Target);
        var video = CommentsClient.NewVideo();
        await using var asleep = await RawHttp.OpenAsync(node.Target.ReadAddress, receiveBuffer: 4096);
        await asleep.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /comments/{video}/stream HTTP/1.1\r\nHost: {node.Target.ReadAddress.Authority}\r\n\r\n"));
        await asleep.ReadExactlyAsync(new byte[1]).AsTask().InTime();
        // More than the kernel keeps for a connection.
        await client.PostManyAsync(video, 10_000, _ => new string('x', 480));

        Assert.Equal(0, await node.TerminateAsync());
    }
}

public sealed class StalledShutdownTests(SingleNodeTarget node) : StalledShutdownContract(node), IClassFixture<SingleNodeTarget>;

public sealed class TlsStalledShutdownTests(TlsTarget tls) : StalledShutdownContract(tls), IClassFixture<TlsTarget>;
