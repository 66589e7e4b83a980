using System.Net;
using System.Net.Sockets;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>
/// Stands between browser and server, and can go silent: connections stay open and nothing passes, as when a network has vanished.
/// Dispose of it to cut everything.
/// </summary>
internal sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Uri _server;
    private int _generation;
    private volatile bool _allSilent;

    private SilentProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Starts one in front of a server.</summary>
    public static SilentProxy Start(Uri server) => new(server);

    /// <summary>
    /// From now on nothing passes through the connections that there are; nor through new ones, if <paramref name="all"/> is set.
    /// </summary>
    public void GoSilent(bool all = false)
    {
        Interlocked.Increment(ref _generation);
        _allSilent = all;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptTcpClientAsync(_ending.Token), _generation);
        }
        catch (OperationCanceledException)
        {
            // It ends.
        }
    }

    private async Task ForwardAsync(TcpClient browser, int generation)
    {
        using var server = new TcpClient();
        using (browser)
        {
            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(
                PassOnAsync(browser.GetStream(), server.GetStream(), generation),
                PassOnAsync(server.GetStream(), browser.GetStream(), generation));
        }
    }

    private async Task PassOnAsync(NetworkStream from, NetworkStream to, int generation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _ending.Token) is > 0 and var count)
            {
                if (_allSilent || generation != _generation) continue;
                await to.WriteAsync(buffer.AsMemory(0, count), _ending.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, and so goes the other.
        }
    }
}
