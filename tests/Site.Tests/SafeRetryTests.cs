using System.Net;
using System.Net.Sockets;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>What nginx does with a request whose node dies over it.</summary>
public sealed class SafeRetryTests
{
    [Theory]
    [InlineData("key", 2)]
    [InlineData(null, 1)]
    public async Task A_post_is_sent_to_the_next_node_only_where_it_may_be_repeated(string? key, int asked)
    {
        using var nodes = new DyingNodes(2);
        await using var nginx = await Nginx.StartAsync(nodes.Addresses);
        using var client = new CommentsClient(new(nginx.Address));

        using var answer = await client.SendAsync("v", CommentsClient.Body("Ada", "Hello"), key);

        Assert.Equal(asked, nodes.Asked);
        Assert.NotNull(answer.Headers.RetryAfter);
        await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
    }

    [Fact]
    public async Task A_read_is_sent_to_the_next_node()
    {
        using var nodes = new DyingNodes(2);
        await using var nginx = await Nginx.StartAsync(nodes.Addresses);
        using var client = new CommentsClient(new(nginx.Address));

        using var answer = await client.Reads.GetAsync("/comments/v");

        Assert.Equal(2, nodes.Asked);
        await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
    }

    /// <summary>Take a request and close the connection.</summary>
    private sealed class DyingNodes : IDisposable
    {
        private readonly List<TcpListener> _listeners = [];
        private int _asked;

        public DyingNodes(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, FreePort.Next());
                listener.Start();
                _listeners.Add(listener);
                _ = DieOverEachAsync(listener);
            }
        }

        public IReadOnlyList<Uri> Addresses => [.. _listeners.Select(listener => new Uri($"http://{listener.LocalEndpoint}"))];

        public int Asked => Volatile.Read(ref _asked);

        public void Dispose()
        {
            foreach (var listener in _listeners) listener.Dispose();
        }

        private async Task DieOverEachAsync(TcpListener listener)
        {
            while (listener.Server.IsBound)
            {
                try
                {
                    using var connection = await listener.AcceptSocketAsync();
                    await connection.ReceiveAsync(new byte[4096]);
                    Interlocked.Increment(ref _asked);
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
