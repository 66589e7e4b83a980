using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LiveComments.LoadTester.Linux;

namespace LiveComments.LoadTester.Connections;

/// <summary>A non-blocking TCP socket: a bare file descriptor, so that a viewer costs little above its own state.</summary>
internal sealed unsafe class TcpSocket : IConnection
{
    /// <summary>errno: nothing to read now, or no room to write.</summary>
    public const int WouldBlock = 11;

    private const int Stream = 1, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int SocketLevel = 1, ErrorOption = 4, ReceiveBufferOption = 8;
    private const int TcpLevel = 6, NoDelayOption = 1;
    private const int IpLevel = 0, BindAddressNoPortOption = 24;
    private const int NoSignal = 0x4000;
    private const int InProgress = 115;

    private TcpSocket(int descriptor) => Descriptor = descriptor;

    public int Descriptor { get; }

    public bool ReadsInPieces => false;

    /// <summary>Begins to connect; writable, or hung up, once that is decided.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="source">The address to come from, or null for the system's choice.</param>
    /// <param name="receiveBuffer">Bytes of the kernel's receive buffer, or 0 for the system's choice.</param>
    /// <param name="errno">0, or why it cannot.</param>
    public static TcpSocket Connect(IPEndPoint server, IPAddress? source, int receiveBuffer, out int errno)
    {
        var family = server.AddressFamily == AddressFamily.InterNetworkV6 ? 10 : 2;
        var socket = new TcpSocket(NativeMethods.Socket(family, Stream | NonBlocking | CloseOnExec, 0));
        if (socket.Descriptor < 0)
        {
            errno = Marshal.GetLastPInvokeError();
            return socket;
        }

        socket.SetOption(TcpLevel, NoDelayOption, 1);
        if (receiveBuffer > 0) socket.SetOption(SocketLevel, ReceiveBufferOption, receiveBuffer);
        errno = source is null ? 0 : socket.Bind(source);
        if (errno == 0) errno = socket.Connect(server);
        if (errno != 0) socket.Dispose();
        return socket;
    }

    public int TakeError()
    {
        int error = 0, length = sizeof(int);
        return NativeMethods.GetSocketOption(Descriptor, SocketLevel, ErrorOption, &error, &length) < 0
            ? Marshal.GetLastPInvokeError()
            : error;
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = NativeMethods.Send(Descriptor, start, (nuint)bytes.Length, NoSignal);
            return sent >= 0 ? (int)sent : -Marshal.GetLastPInvokeError();
        }
    }

    public int Receive(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            var received = NativeMethods.Receive(Descriptor, start, (nuint)buffer.Length, 0);
            return received >= 0 ? (int)received : -Marshal.GetLastPInvokeError();
        }
    }

    public string Describe(int error) => SocketErrors.Describe(error);

    public void Dispose() => _ = NativeMethods.Close(Descriptor);

    private int Bind(IPAddress source)
    {
        // Without this the kernel picks the port before it knows the other end, and runs out of them sooner.
        SetOption(IpLevel, BindAddressNoPortOption, 1);
        var address = new IPEndPoint(source, 0).Serialize();
        fixed (byte* start = address.Buffer.Span)
        {
            return NativeMethods.Bind(Descriptor, start, address.Size) < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
    }

    private int Connect(IPEndPoint server)
    {
        var address = server.Serialize();
        fixed (byte* start = address.Buffer.Span)
        {
            if (NativeMethods.Connect(Descriptor, start, address.Size) == 0) return 0;
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == InProgress ? 0 : errno;
    }

    private void SetOption(int level, int name, int value) =>
        _ = NativeMethods.SetSocketOption(Descriptor, level, name, &value, sizeof(int));
}
