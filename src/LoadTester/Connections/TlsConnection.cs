using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;

namespace LiveComments.LoadTester.Connections;

/// <summary>TLS upon a socket. What is sent before the end of the handshake waits for it.</summary>
internal sealed class TlsConnection : IConnection
{
    private const int BufferSize = 4096;

    // No errno is as high.
    private const int TlsFailed = 1 << 20;

    private readonly TcpSocket _socket;
    private readonly SslClientAuthenticationOptions _options;
    private readonly SocketStream _encrypted;
    private readonly SslStream _tls;
    private readonly SslApplicationProtocol _protocol;
    private readonly byte[] _buffer = new byte[BufferSize];
    private ReadOnlyMemory<byte> _received;
    private byte[] _unsent = [];
    private Task? _handshake;
    private Task _sending = Task.CompletedTask;
    private ValueTaskAwaiter<int>? _receiving;
    private SslPolicyErrors _certificateFaults;
    private string _failure = "";

    /// <summary>Makes one; the handshake begins with the first call to <see cref="Send"/> or <see cref="Receive"/>.</summary>
    public TlsConnection(TcpSocket socket, SslClientAuthenticationOptions options, bool acceptsAnyCertificate)
    {
        (_socket, _options, _protocol) = (socket, options, options.ApplicationProtocols![0]);
        _encrypted = new(socket);
        _tls = new(_encrypted, leaveInnerStreamOpen: false, (_, _, _, faults) =>
        {
            _certificateFaults = acceptsAnyCertificate ? SslPolicyErrors.None : faults;
            return _certificateFaults == SslPolicyErrors.None;
        });
    }

    public int Descriptor => _socket.Descriptor;

    public bool ReadsInPieces => true;

    public int TakeError() => _socket.TakeError();

    public int Send(ReadOnlySpan<byte> bytes)
    {
        _unsent = [.. _unsent, .. bytes];
        try
        {
            if (ShakeHands()) SendOn();
            return bytes.Length;
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException)
        {
            return Fail(failure);
        }
    }

    public int Receive(Span<byte> buffer)
    {
        try
        {
            if (_received.IsEmpty && !TryReceive()) return -TcpSocket.WouldBlock;
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException)
        {
            return Fail(failure);
        }

        var length = Math.Min(_received.Length, buffer.Length);
        _received.Span[..length].CopyTo(buffer);
        _received = _received[length..];
        return length;
    }

    public string Describe(int error) => error == TlsFailed ? _failure : _socket.Describe(error);

    public void Dispose()
    {
        _socket.Dispose();
        _tls.Dispose();
        _encrypted.Dispose();
    }

    /// <summary>False until the handshake is over.</summary>
    private bool ShakeHands()
    {
        _handshake ??= _tls.AuthenticateAsClientAsync(_options);
        if (!IsDone(_handshake)) return false;
        _handshake.GetAwaiter().GetResult();
        // A server that knows nothing of the agreement speaks HTTP/1.1.
        return _tls.NegotiatedApplicationProtocol == _protocol || _protocol == SslApplicationProtocol.Http11
            ? true
            : throw new AuthenticationException("the server does not agree to HTTP/2");
    }

    private void SendOn()
    {
        while (IsDone(_sending))
        {
            _sending.GetAwaiter().GetResult();
            if (_unsent.Length == 0) return;
            _sending = _tls.WriteAsync(_unsent).AsTask();
            _unsent = [];
        }
    }

    /// <summary>False if nothing is there; true without any bytes at the end of the stream.</summary>
    private bool TryReceive()
    {
        if (!ShakeHands()) return false;
        SendOn();
        var receiving = _receiving ??= AwaiterOf(_tls.ReadAsync(_buffer));
        while (!receiving.IsCompleted)
            if (!_encrypted.TryContinue()) return false;
        _receiving = null;
        _received = _buffer.AsMemory(0, receiving.GetResult());
        return true;
    }

    private static ValueTaskAwaiter<int> AwaiterOf(ValueTask<int> receiving) => receiving.GetAwaiter();

    private bool IsDone(Task task)
    {
        while (!task.IsCompleted)
            if (!_encrypted.TryContinue()) return false;
        return true;
    }

    private int Fail(Exception failure)
    {
        _failure = _certificateFaults == SslPolicyErrors.None
            ? $"TLS: {failure.GetBaseException().Message.TrimEnd('.')}"
            : $"the certificate is not accepted ({_certificateFaults}); --insecure accepts any";
        return -TlsFailed;
    }
}
