using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveComments.WebFrontend.Connections.Tls;

/// <summary>
/// The functions of OpenSSL 3 that a server needs whose TLS writes to the socket itself (its manual pages, ssl(7)). .NET uses the same
/// library: its certificates and keys are OpenSSL's objects, and are handed over as they are.
/// </summary>
internal static partial class OpenSsl
{
    public const int Ok = 1;
    public const int Tls12 = 0x0303;

    /// <summary>Kinds of failure, SSL_get_error(3).</summary>
    public const int WantRead = 2;
    public const int WantWrite = 3;
    public const int ZeroReturn = 6;

    /// <summary>Commands of SSL_CTX_ctrl(3).</summary>
    public const int SetMode = 33;
    public const int SetReadAhead = 41;
    public const int SetSessionCache = 44;
    public const int AddChainCertificate = 89;
    public const int SetMinProtocol = 123;

    /// <summary>Modes, SSL_CTX_set_mode(3): a write may be partial, be tried again from elsewhere, and an idle session holds no buffer.</summary>
    public const int PartialWrite = 0x1;
    public const int MovingWriteBuffer = 0x2;
    public const int ReleaseBuffers = 0x10;

    /// <summary>Options, SSL_CTX_set_options(3).</summary>
    public const ulong IgnoreUnexpectedEnd = 1 << 7;
    public const ulong ServerPreference = 1 << 22;
    public const ulong NoRenegotiation = 1 << 30;

    /// <summary>Answers to SSL_CTX_set_alpn_select_cb(3).</summary>
    public const int AlpnChosen = 0;
    public const int AlpnRefused = 2;

    /// <summary>What SSL_select_next_proto(3) says if there is a protocol that both know.</summary>
    public const int Negotiated = 1;

    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    /// <summary>Whether it is OpenSSL 3 that .NET uses, and it can be loaded here.</summary>
    public static bool IsAvailable { get; } = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad(Ssl, out _)
        && NativeLibrary.TryLoad(Crypto, out _)
        && System.Security.Cryptography.SafeEvpPKeyHandle.OpenSslVersion >> 28 == 3;

    [LibraryImport(Ssl, EntryPoint = "TLS_server_method")]
    public static partial nint ServerMethod();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial ContextHandle NewContext(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint Control(ContextHandle context, int command, nint number, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong SetOptions(ContextHandle context, ulong options);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetCiphers(ContextHandle context, string ciphers);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate")]
    public static partial int UseCertificate(ContextHandle context, nint certificate);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey")]
    public static partial int UseKey(ContextHandle context, SafeHandle key);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_alpn_select_cb")]
    public static unsafe partial void SetAlpn(
        ContextHandle context, delegate* unmanaged<nint, byte**, byte*, byte*, uint, nint, int> choose, nint argument);

    [LibraryImport(Ssl, EntryPoint = "SSL_select_next_proto")]
    public static unsafe partial int SelectProtocol(
        byte** chosen, byte* length, byte* ours, uint oursLength, byte* theirs, uint theirsLength);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial SessionHandle NewSession(ContextHandle context);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_fd")]
    public static partial int SetSocket(SessionHandle session, int socket);

    [LibraryImport(Ssl, EntryPoint = "SSL_set0_wbio")]
    public static partial void SetOutput(SessionHandle session, nint output);

    [LibraryImport(Ssl, EntryPoint = "SSL_accept")]
    public static partial int Accept(SessionHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_read_ex")]
    public static partial int Read(SessionHandle session, Span<byte> buffer, nuint length, out nuint read);

    [LibraryImport(Ssl, EntryPoint = "SSL_write_ex")]
    public static partial int Write(SessionHandle session, ReadOnlySpan<byte> bytes, nuint length, out nuint written);

    [LibraryImport(Ssl, EntryPoint = "SSL_has_pending")]
    public static partial int HasPending(SessionHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(SessionHandle session);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_error")]
    public static partial int GetError(SessionHandle session, int result);

    [LibraryImport(Ssl, EntryPoint = "SSL_get0_alpn_selected")]
    public static partial void GetProtocol(SessionHandle session, out nint protocol, out uint length);

    [LibraryImport(Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint MemoryMethod();

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint NewBuffer(nint method);

    [LibraryImport(Crypto, EntryPoint = "BIO_new_socket")]
    public static partial nint NewSocketOutput(int socket, int close);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl_pending")]
    public static partial nuint CountPending(nint buffer);

    [LibraryImport(Crypto, EntryPoint = "BIO_read")]
    public static partial int Take(nint buffer, Span<byte> bytes, int length);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(Crypto, EntryPoint = "ERR_get_error")]
    private static partial nuint GetFirstError();

    [LibraryImport(Crypto, EntryPoint = "ERR_reason_error_string")]
    private static partial nint GetReason(nuint error);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    private static partial void FreeSession(nint session);

    /// <summary>What OpenSSL says of the failure before, on this thread.</summary>
    public static string Reason() => Marshal.PtrToStringUTF8(GetReason(GetFirstError())) ?? "the connection broke";

    /// <summary>What all sessions of an endpoint have in common, an SSL_CTX.</summary>
    internal sealed class ContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }

    /// <summary>One session, an SSL.</summary>
    internal sealed class SessionHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeSession(handle);
            return true;
        }
    }
}
