using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LiveComments.WebFrontend.Connections.Http2;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LiveComments.WebFrontend.Connections.Tls;

/// <summary>Serves an endpoint's connections over <see cref="TlsSocket"/>s.</summary>
/// <param name="context">What they have in common.</param>
/// <param name="http">The server's HTTP.</param>
/// <param name="time">Bounds the handshake.</param>
/// <param name="log">Where handshakes that fail are told, for whoever asks.</param>
internal sealed partial class TlsServer(TlsContext context, ConnectionDelegate http, TimeProvider time, ILogger<TlsServer> log)
{
    /// <summary>The server of an endpoint, or null if it is left to the server's own TLS, see <see cref="TlsContext.TryCreate"/>.</summary>
    public static TlsServer? TryCreate(ListenOptions listen, HttpsConnectionAdapterOptions https, ConnectionDelegate http) =>
        TlsContext.TryCreate(https, listen.Protocols) is { } context
            ? ActivatorUtilities.CreateInstance<TlsServer>(listen.ApplicationServices, context, http)
            : null;

    /// <summary>Serves a connection; one that is not of our transport goes to <paramref name="otherwise"/>.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate otherwise)
    {
        if (connection.Features.Get<IDetachFeature>() is not DetachableConnection transport)
        {
            await otherwise(connection);
            return;
        }

        if (await TryAcceptAsync(transport) is not { } tls) return;
        if (tls.Protocol.Span.SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span))
        {
            var http2 = new Http2Socket(tls);
            transport.Secure(http2);
            connection.Features.Set<IHttp2Streams>(http2);
        }
        else
        {
            transport.Secure(tls);
        }

        connection.Features.Set<ITlsConnectionFeature>(new NoClientCertificate());
        connection.Features.Set<ITlsApplicationProtocolFeature>(new Agreed(tls.Protocol));
        await http(connection);
    }

    private async Task<TlsSocket?> TryAcceptAsync(DetachableConnection transport)
    {
        using var timeout = new CancellationTokenSource(context.HandshakeTimeout, time);
        try
        {
            return await TlsSocket.AcceptAsync(context, transport.Socket, timeout.Token);
        }
        catch (Exception exception) when (SocketErrors.MeansGone(exception) || timeout.IsCancellationRequested)
        {
            LogFailed(transport.ConnectionId, exception.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Connection {Connection} did not establish TLS: {Reason}")]
    private partial void LogFailed(string connection, string reason);

    private sealed class NoClientCertificate : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }

    private sealed record Agreed(ReadOnlyMemory<byte> ApplicationProtocol) : ITlsApplicationProtocolFeature;
}
