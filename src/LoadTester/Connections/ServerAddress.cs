using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace LiveComments.LoadTester.Connections;

/// <summary>Where connections go, and where they come from.</summary>
internal sealed class ServerAddress
{
    private readonly IPAddress[] _sources;
    private readonly SslClientAuthenticationOptions? _tls;
    private readonly bool _insecure;

    private ServerAddress(Uri url, IPAddress address, LoadTestOptions options)
    {
        EndPoint = new(address, url.Port);
        _sources = [.. options.Sources.Select(IPAddress.Parse)];
        _tls = url.Scheme == Uri.UriSchemeHttps ? TlsOptions(url.Host) : null;
        _insecure = options.Insecure;
        Host = url.Authority;
        BasePath = url.AbsolutePath.TrimEnd('/');
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The <c>Host</c> field of requests.</summary>
    public string Host { get; }

    /// <summary>The path in front of the server's own ones; empty if there is none.</summary>
    public string BasePath { get; }

    /// <summary>Looks up the address of a server.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="url">The server.</param>
    /// <param name="options">Of the run.</param>
    /// <exception cref="LoadTestException">The host has no address.</exception>
    public static ServerAddress Resolve(string option, Uri url, LoadTestOptions options)
    {
        try
        {
            return new(url, Dns.GetHostAddresses(url.DnsSafeHost)[0], options);
        }
        catch (SocketException unknown)
        {
            throw new LoadTestException($"{option}: {url.Host}: {unknown.Message}");
        }
    }

    /// <summary>Begins to connect.</summary>
    /// <param name="number">Of the connection: they take the source addresses in turn.</param>
    /// <param name="receiveBuffer">Bytes of the kernel's receive buffer, or 0 for the system's choice.</param>
    /// <param name="errno">0, or why it cannot.</param>
    public IConnection Connect(int number, int receiveBuffer, out int errno)
    {
        var source = _sources.Length == 0 ? null : _sources[number % _sources.Length];
        var socket = TcpSocket.Connect(EndPoint, source, receiveBuffer, out errno);
        return _tls is null ? socket : new TlsConnection(socket, _tls, _insecure);
    }

    /// <summary>HTTP/1.1 only, and a whole handshake each: no viewer knows what another has agreed with the server.</summary>
    private static SslClientAuthenticationOptions TlsOptions(string host) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        AllowTlsResume = false,
    };
}
