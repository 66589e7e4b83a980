using System.Globalization;
using System.Net;
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
        using var client = await ConnectAsync(address);
        await client.SendAsync(Encoding.UTF8.GetBytes(requests));
        using var reader = new StreamReader(new NetworkStream(client), Encoding.UTF8);
        return await reader.ReadToEndAsync().InTime();
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
