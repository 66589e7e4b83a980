using System.Net;
using System.Net.Sockets;

namespace LiveComments.Azurite;

/// <summary>
/// Passes connections on from one port of 127.0.0.1 to another. While it is shut it refuses them, as the port of a server that is down.
/// </summary>
internal sealed class Relay(int port, int target) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private TcpListener? _listener;

    /// <summary>Takes connections from now on.</summary>
    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    /// <summary>Takes no more, and cuts those that there are: no answer arrives after this.</summary>
    public void Shut()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (var client in _open) client.Dispose();
            _open.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Shut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = PassOnAsync(await listener.AcceptTcpClientAsync(), listener);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was shut.
        }
    }

    private async Task PassOnAsync(TcpClient from, TcpListener listener)
    {
        using var to = new TcpClient();
        lock (_gate)
        {
            if (_listener != listener)
            {
                from.Dispose();
                return;
            }

            _open.Add(from);
            _open.Add(to);
        }

        try
        {
            await to.ConnectAsync(IPAddress.Loopback, target);
            from.NoDelay = to.NoDelay = true;
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException)
        {
            // One of the two has gone, and so does the other.
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(from);
                _open.Remove(to);
            }

            from.Dispose();
        }
    }
}
