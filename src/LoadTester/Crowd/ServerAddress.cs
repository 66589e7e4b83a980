using System.Net;
using System.Net.Sockets;

namespace LiveComments.LoadTester.Crowd;

/// <summary>Where connections go, and where they come from.</summary>
internal sealed class ServerAddress
{
    private readonly IPEndPoint _endPoint;
    private readonly IPAddress[] _sources;

    private ServerAddress(Uri url, IPAddress address, IPAddress[] sources)
    {
        _endPoint = new(address, url.Port);
        _sources = sources;
        Host = url.Authority;
        BasePath = url.AbsolutePath.TrimEnd('/');
    }

    /// <summary>The <c>Host</c> field of requests.</summary>
    public string Host { get; }

    /// <summary>The path in front of the server's own ones; empty where there is none.</summary>
    public string BasePath { get; }

    /// <exception cref="LoadTestException">The host has no address.</exception>
    public static ServerAddress Resolve(Uri url, IReadOnlyList<string> sources)
    {
        try
        {
            return new ServerAddress(url, Dns.GetHostAddresses(url.DnsSafeHost)[0], [.. sources.Select(IPAddress.Parse)]);
        }
        catch (SocketException unknown)
        {
            throw new LoadTestException($"--url: {url.Host}: {unknown.Message}");
        }
    }

    /// <summary>Begins to connect.</summary>
    /// <param name="number">Of the connection: they take the source addresses in turn.</param>
    /// <param name="receiveBuffer">Bytes of the kernel's receive buffer, or 0 for the system's choice.</param>
    /// <param name="errno">0, or why it cannot.</param>
    public Linux.TcpSocket Connect(int number, int receiveBuffer, out int errno)
    {
        var source = _sources.Length == 0 ? null : _sources[number % _sources.Length];
        return Linux.TcpSocket.Connect(_endPoint, source, receiveBuffer, out errno);
    }
}
