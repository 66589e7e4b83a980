using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace LiveComments.LoadTester.Connections;

/// <summary>Where connections go, and where they come from.</summary>
internal sealed class ServerAddress
{
    private readonly IPAddress[] _sources;
    private readonly SslClientAuthenticationOptions? _tls;
    private readonly SslClientAuthenticationOptions? _tlsForHttp2;
    private readonly bool _insecure;

    private ServerAddress(Uri url, IPAddress address, LoadTestOptions options)
    {
        EndPoint = new(address, url.Port);
        _sources = [.. options.Sources.Select(IPAddress.Parse)];
        IsTls = url.Scheme == Uri.UriSchemeHttps;
        _tls = IsTls ? TlsOptions(url.Host, SslApplicationProtocol.Http11) : null;
        _tlsForHttp2 = IsTls ? TlsOptions(url.Host, SslApplicationProtocol.Http2) : null;
        _insecure = options.Insecure;
        Host = url.Authority;
        BasePath = url.AbsolutePath.TrimEnd('/');
    }

    public IPEndPoint EndPoint { get; }

    public bool IsTls { get; }

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
    /// <param name="isHttp2">Whether it is for HTTP/2: over TLS that is agreed on, in the clear the server must know.</param>
    /// <param name="receiveBuffer">Bytes of the kernel's receive buffer, or 0 for the system's choice.</param>
    /// <param name="errno">0, or why it cannot.</param>
    public IConnection Connect(int number, bool isHttp2, int receiveBuffer, out int errno)
    {
        var source = _sources.Length == 0 ? null : _sources[number % _sources.Length];
        var socket = TcpSocket.Connect(EndPoint, source, receiveBuffer, out errno);
        return (isHttp2 ? _tlsForHttp2 : _tls) is { } tls ? new TlsConnection(socket, tls, _insecure) : socket;
    }

    /// <summary>One protocol only, and a whole handshake each: no viewer knows what another has agreed with the server.</summary>
    private static SslClientAuthenticationOptions TlsOptions(string host, SslApplicationProtocol protocol) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [protocol],
        AllowTlsResume = false,
    };
}
