using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Connections.Tls;
using LiveComments.WebFrontend.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LiveComments.WebFrontend.Tests.Connections;

/// <summary>Our side is a <see cref="TlsSocket"/>, the other one .NET's own TLS.</summary>
public sealed class TlsSocketTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly TlsContext _context;
    private Socket _peer = null!;
    private Socket _socket = null!;

    public TlsSocketTests()
    {
        var (certificate, key) = TestCertificate.Write(_folder);
        _context = TlsContext.TryCreate(
            new HttpsConnectionAdapterOptions { ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, key) },
            HttpProtocols.Http1AndHttp2)!;
    }

    public async Task InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _peer = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
        await _peer.ConnectAsync(listener.LocalEndpoint);
        _socket = await listener.AcceptSocketAsync();
        _socket.Blocking = false;
        _socket.SendBufferSize = 4096;
    }

    public Task DisposeAsync()
    {
        _peer.Dispose();
        _socket.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task All_bytes_arrive_as_they_were_sent_both_ways_at_once(SslProtocols version)
    {
        var (tls, client) = await EstablishAsync(new() { EnabledSslProtocols = version });
        var (down, up) = (RandomBytes(3_000_000), RandomBytes(1_000_000));

        var sending = SendInPiecesAsync(tls, down);
        var uploading = client.WriteAsync(up).AsTask();
        var received = ReadAsync(tls, up.Length);
        var downloaded = new byte[down.Length];
        await client.ReadExactlyAsync(downloaded).AsTask().InTime();

        await Task.WhenAll(sending, uploading).InTime();
        Assert.Equal(down, downloaded);
        Assert.Equal(up, await received.InTime());
        tls.Dispose();
    }

    [Fact]
    public async Task An_end_is_told_with_a_farewell()
    {
        var (tls, client) = await EstablishAsync(new());
        await tls.SendAllAsync("last"u8.ToArray());
        tls.EndSending();

        var rest = new MemoryStream();
        // Without a farewell this throws: "unexpected EOF".
        await client.CopyToAsync(rest).InTime();
        Assert.Equal("last"u8.ToArray(), rest.ToArray());
        tls.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_ends_is_noticed_with_and_without_a_farewell(bool says)
    {
        var (tls, client) = await EstablishAsync(new());
        if (says) await client.ShutdownAsync();
        _peer.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await tls.ReceiveAsync(new byte[100]).AsTask().InTime());
        Assert.False(tls.IsQuiet());
        tls.Dispose();
    }

    [Fact]
    public async Task What_waits_when_it_is_disposed_of_fails()
    {
        var (tls, _) = await EstablishAsync(new());
        var receiving = tls.ReceiveAsync(new byte[100]).AsTask();
        var sending = tls.SendAllAsync(new byte[10_000_000]).AsTask();
        Assert.False(sending.IsCompleted);

        tls.Dispose();

        Assert.True(SocketErrors.MeansGone(await Assert.ThrowsAnyAsync<Exception>(() => receiving.InTime())));
        Assert.True(SocketErrors.MeansGone(await Assert.ThrowsAnyAsync<Exception>(() => sending.InTime())));
        Assert.Throws<ObjectDisposedException>(() => tls.IsQuiet());
    }

    [Theory]
    [InlineData("h2", "h2,http/1.1")]
    [InlineData("h2", "http/1.1,h2")]
    [InlineData("http/1.1", "spdy/1,http/1.1")]
    [InlineData("", "")]
    public async Task The_protocol_is_the_first_of_ours_that_the_client_knows(string chosen, string offered)
    {
        var (tls, client) = await EstablishAsync(new() { ApplicationProtocols = Protocols(offered) });
        Assert.Equal(chosen, client.NegotiatedApplicationProtocol.ToString());
        Assert.Equal(chosen, System.Text.Encoding.ASCII.GetString(tls.Protocol.Span));
        tls.Dispose();
    }

    [Fact]
    public async Task A_client_that_knows_none_of_ours_is_refused()
    {
        var accepting = AcceptAsync();
        await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync(new() { ApplicationProtocols = Protocols("spdy/1") }).InTime());
        Assert.True(SocketErrors.MeansGone(await Assert.ThrowsAnyAsync<Exception>(() => accepting.InTime())));
    }

    [Fact]
    public async Task A_client_that_speaks_no_TLS_is_refused()
    {
        var accepting = AcceptAsync();
        await _peer.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        await Assert.ThrowsAsync<IOException>(() => accepting.InTime());
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_waited_for_no_longer_than_allowed()
    {
        using var timeout = new CancellationTokenSource();
        var accepting = TlsSocket.AcceptAsync(_context, _socket, timeout.Token);
        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting.InTime());
        Assert.False(_socket.Connected);
    }

    private static List<SslApplicationProtocol> Protocols(string names) =>
        [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new SslApplicationProtocol(name))];

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Pieces of many sizes: less than a record of TLS, and several of them.</summary>
    private static async Task SendInPiecesAsync(TlsSocket tls, ReadOnlyMemory<byte> bytes)
    {
        var random = new Random(1);
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(bytes.Length, random.Next(1, 100_000));
            await tls.SendAllAsync(bytes[..length]);
            bytes = bytes[length..];
        }
    }

    private static async Task<byte[]> ReadAsync(TlsSocket tls, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            await tls.WaitAsync();
            var more = await tls.ReceiveAsync(bytes.AsMemory(read));
            Assert.NotEqual(0, more);
            read += more;
        }

        return bytes;
    }

    private Task<TlsSocket> AcceptAsync() => TlsSocket.AcceptAsync(_context, _socket, CancellationToken.None);

    private async Task<SslStream> ConnectAsync(SslClientAuthenticationOptions options)
    {
        options.TargetHost = "localhost";
        options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        var client = new SslStream(new NetworkStream(_peer));
        await client.AuthenticateAsClientAsync(options);
        return client;
    }

    private async Task<(TlsSocket Tls, SslStream Client)> EstablishAsync(SslClientAuthenticationOptions options)
    {
        var connecting = ConnectAsync(options);
        var tls = await AcceptAsync().InTime();
        return (tls, await connecting.InTime());
    }
}
