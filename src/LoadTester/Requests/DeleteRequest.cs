using System.Globalization;
using System.Text;
using LiveComments.LoadTester.Connections;

namespace LiveComments.LoadTester.Requests;

/// <summary>Writes the requests that remove comments. The API is that of LiveComments; no other is known.</summary>
/// <param name="token">The token of a moderator.</param>
internal sealed class DeleteRequest(string token)
{
    /// <summary>The whole request, as it goes to this server.</summary>
    public byte[] Write(ServerAddress server, string video, long comment) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"DELETE {server.BasePath}/comments/{video}/{comment} HTTP/1.1\r\nHost: {server.Host}\r\nAuthorization: Bearer {token}\r\n\r\n"));
}
