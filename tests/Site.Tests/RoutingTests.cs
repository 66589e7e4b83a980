using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>Which node a request reaches.</summary>
[Collection(SharedSiteCollection.Name)]
public sealed class RoutingTests(SharedSite shared) : IDisposable
{
    private readonly CommentsClient _client = new(shared.Target);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task All_requests_of_a_video_reach_one_node_and_the_videos_are_spread()
    {
        var owners = new HashSet<string>();
        for (var i = 0; i < 30; i++)
        {
            var video = CommentsClient.NewVideo();
            var nodes = new HashSet<string>
            {
                Routing.NodeOf(await _client.SendAsync(video, CommentsClient.Body("Ada", "Hello"))),
                Routing.NodeOf(await _client.SendAsync(video, CommentsClient.Body("Ada", "Hello"), key: "k")),
                Routing.NodeOf(await _client.Reads.GetAsync($"/comments/{video}?limit=1")),
                Routing.NodeOf(await _client.Reads.GetAsync($"/videos/{video}")),
                Routing.NodeOf(await _client.OpenStreamAsync(video, "?backlog=1")),
            };
            owners.Add(Assert.Single(nodes));
        }

        Assert.Equal(shared.Site.Nodes.Select(node => node.Name).Order(), owners.Order());
    }

    [Fact]
    public async Task Over_TLS_one_connection_of_HTTP_2_carries_many_streams()
    {
        const int Streams = 20;
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { CertificateChainPolicy = TrustOnly(shared.Site.Certificate) },
            ConnectCallback = async (context, cancellation) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var browser = new HttpClient(handler)
        {
            BaseAddress = shared.Site.PublicAddress,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var video = CommentsClient.NewVideo();
        var viewers = new List<SseViewer>();
        for (var i = 0; i < Streams; i++)
            viewers.Add(await SseViewer.JoinAsync(await browser.GetAsync($"/comments/{video}/stream", HttpCompletionOption.ResponseHeadersRead)));

        using var answer = await browser.PostAsync($"/comments/{video}", CommentsClient.Body("Ada", "Hello"));
        var comment = await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);

        foreach (var viewer in viewers)
        {
            Assert.Equal(comment, await viewer.NextCommentAsync());
            viewer.Dispose();
        }

        Assert.Equal(1, connections);
    }

    internal static X509ChainPolicy TrustOnly(X509Certificate2 certificate) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { certificate },
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
