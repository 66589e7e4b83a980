using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace LiveComments.HttpContract.Client;

/// <summary>HTTP/1.1 over a bare socket, for requests that no well-behaved client library lets through.</summary>
public static class RawHttp
{
    /// <summary>
    /// Sends the bytes of <paramref name="requests"/> in one write and gives all that comes back until the server closes the connection.
    /// The last request must ask for that with <c>Connection: close</c>.
    /// </summary>
    public static async Task<string> ExchangeAsync(Uri address, string requests)
    {
        await using var client = await OpenAsync(address);
        await client.WriteAsync(Encoding.UTF8.GetBytes(requests));
        using var reader = new StreamReader(client, Encoding.UTF8);
        return await reader.ReadToEndAsync().InTime();
    }

    /// <summary>A connection to the address, with TLS if it says so.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="receiveBuffer">How many bytes the kernel may keep for it; 0 = as it likes.</param>
    /// <param name="protocol">What is asked for by ALPN, if it is TLS; null: nothing.</param>
    public static async Task<Stream> OpenAsync(Uri address, int receiveBuffer = 0, SslApplicationProtocol? protocol = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(address.Host, address.Port);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (address.Scheme == Uri.UriSchemeHttp) return plain;
        var tls = new SslStream(plain, leaveInnerStreamOpen: false, (_, _, _, _) => address.IsLoopback);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            ApplicationProtocols = protocol is { } one ? [one] : null,
        });
        return tls;
    }

    /// <summary>A connection to the address.</summary>
    public static async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        return socket;
    }

    /// <summary>The text of a post.</summary>
    /// <param name="address">The server.</param>
    /// <param name="video">The live video.</param>
    /// <param name="json">The body.</param>
    /// <param name="headers">More header lines, each with its line end.</param>
    public static string Post(Uri address, string video, string json, string headers = "") =>
        $"POST /comments/{video} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n{headers}\r\n{json}";

    /// <summary>The status of the first answer in <paramref name="answers"/>.</summary>
    public static HttpStatusCode StatusOf(string answers) =>
        (HttpStatusCode)int.Parse(answers.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
}
