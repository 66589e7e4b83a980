using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LiveComments.WebFrontend.Connections.Tls;

/// <summary>What all TLS connections of an endpoint have in common: the certificate and the rules.</summary>
internal sealed class TlsContext
{
    // Of TLS 1.2 only what has forward secrecy and authenticates what it encrypts (RFC 9325, 4.2); all ciphers of TLS 1.3 do.
    private const string Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

    private TlsContext(OpenSsl.ContextHandle handle, TimeSpan handshakeTimeout) => (Handle, HandshakeTimeout) = (handle, handshakeTimeout);

    public OpenSsl.ContextHandle Handle { get; }

    /// <summary>How long a client may take to establish TLS.</summary>
    public TimeSpan HandshakeTimeout { get; }

    /// <summary>
    /// The context of an endpoint, or null if it needs what this does not do: certificates of clients or by name, versions of its own, or
    /// another system's TLS.
    /// </summary>
    /// <exception cref="CryptographicException">OpenSSL does not take the certificate.</exception>
    public static TlsContext? TryCreate(HttpsConnectionAdapterOptions https, HttpProtocols protocols)
    {
        var isOrdinary = https is
        {
            ServerCertificate: not null, ServerCertificateSelector: null, OnAuthenticate: null,
            ClientCertificateMode: ClientCertificateMode.NoCertificate, SslProtocols: SslProtocols.None,
        };
        if (!isOrdinary || !OpenSsl.IsAvailable) return null;
        using var key = TakeKey(https.ServerCertificate!);
        return key is null ? null : new(Create(https, key, protocols), https.HandshakeTimeout);
    }

    private static SafeEvpPKeyHandle? TakeKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsLinux()) return null;
        using AsymmetricAlgorithm? key = certificate.GetECDsaPrivateKey() ?? (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey();
        return key switch
        {
            ECDsaOpenSsl ecdsa => ecdsa.DuplicateKeyHandle(),
            RSAOpenSsl rsa => rsa.DuplicateKeyHandle(),
            _ => null,
        };
    }

    private static unsafe OpenSsl.ContextHandle Create(HttpsConnectionAdapterOptions https, SafeEvpPKeyHandle key, HttpProtocols protocols)
    {
        OpenSsl.ClearErrors();
        var context = OpenSsl.NewContext(OpenSsl.ServerMethod());
        Check(!context.IsInvalid);
        OpenSsl.Control(context, OpenSsl.SetMinProtocol, OpenSsl.Tls12, 0);
        Check(OpenSsl.SetCiphers(context, Ciphers) == OpenSsl.Ok);
        // The HTTP above knows by itself where a message ends: a connection that ends without a farewell is no attack.
        OpenSsl.SetOptions(context, OpenSsl.NoRenegotiation | OpenSsl.ServerPreference | OpenSsl.IgnoreUnexpectedEnd);
        OpenSsl.Control(context, OpenSsl.SetMode, OpenSsl.PartialWrite | OpenSsl.MovingWriteBuffer | OpenSsl.ReleaseBuffers, 0);
        OpenSsl.Control(context, OpenSsl.SetReadAhead, 1, 0);
        // Clients resume by what they keep themselves (RFC 8446, 4.6.1); a memory of sessions here would grow.
        OpenSsl.Control(context, OpenSsl.SetSessionCache, 0, 0);
        var certificate = https.ServerCertificate!;
        Check(OpenSsl.UseCertificate(context, certificate.Handle) == OpenSsl.Ok);
        Check(OpenSsl.UseKey(context, key) == OpenSsl.Ok);
        var chain = SslStreamCertificateContext.Create(certificate, https.ServerCertificateChain).IntermediateCertificates;
        foreach (var intermediate in chain) Check(OpenSsl.Control(context, OpenSsl.AddChainCertificate, 1, intermediate.Handle) == OpenSsl.Ok);
        GC.KeepAlive(certificate);
        GC.KeepAlive(chain);
        OpenSsl.SetAlpn(context, &ChooseProtocol, (nint)protocols);
        return context;
    }

    private static void Check(bool isDone)
    {
        if (!isDone) throw new CryptographicException($"OpenSSL does not take the certificate of the endpoint: {OpenSsl.Reason()}");
    }

    /// <summary>The protocol of a connection, by ALPN (RFC 7301): the first of ours that the client knows.</summary>
    [UnmanagedCallersOnly]
    private static unsafe int ChooseProtocol(nint session, byte** chosen, byte* length, byte* theirs, uint theirsLength, nint protocols)
    {
        var ours = ((HttpProtocols)protocols & HttpProtocols.Http1AndHttp2) switch
        {
            HttpProtocols.Http1 => "\bhttp/1.1"u8,
            HttpProtocols.Http2 => "\x02h2"u8,
            _ => "\x02h2\bhttp/1.1"u8,
        };
        // What is chosen points into what the client sent.
        fixed (byte* first = ours)
        {
            return OpenSsl.SelectProtocol(chosen, length, first, (uint)ours.Length, theirs, theirsLength) == OpenSsl.Negotiated
                ? OpenSsl.AlpnChosen
                : OpenSsl.AlpnRefused;
        }
    }
}
