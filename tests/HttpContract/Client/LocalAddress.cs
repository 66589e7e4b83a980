using System.Net;
using System.Net.Sockets;

namespace LiveComments.HttpContract.Client;

/// <summary>Clients with addresses of their own: all of 127.0.0.0/8 is this machine.</summary>
public static class LocalAddress
{
    /// <summary>A client whose connections come from <c>127.0.0.n</c>.</summary>
    public static HttpClient Client(Uri server, byte n) =>
        new(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, n]), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = server,
        };
}
