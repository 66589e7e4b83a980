using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace LiveComments.Client.Tests;

/// <summary>A bare socket that answers each request with the bytes that a test says.</summary>
internal sealed class ScriptedServer : IDisposable
{
    /// <summary>The head of an answer that is an event stream.</summary>
    public const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<Connection> _connections = Channel.CreateUnbounded<Connection>();
    private readonly List<Connection> _all = [];

    public ScriptedServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>The next connection, with its request read.</summary>
    public Task<Connection> NextAsync() => _connections.Reader.ReadAsync().InTime();

    /// <summary>A client of it.</summary>
    public LiveCommentsClient NewClient(TimeProvider? time = null, AskForToken? token = null) =>
        new(new() { Server = Address, Token = token }, time);

    /// <summary>An answer with a body, after which the connection ends.</summary>
    public static string Answer(int status, string type, string body, string headers = "") =>
        $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    /// <summary>The event of a comment of the video <c>v</c>.</summary>
    public static string Comment(long id) =>
        $"id: {id}\nevent: comment\ndata: {Json(id)}\n\n";

    /// <summary>A comment of the video <c>v</c>.</summary>
    public static string Json(long id) =>
        $$"""{"id":"{{id}}","liveVideoId":"v","author":"Ada","message":"{{id}}","createdAt":"2026-01-02T03:04:05.678Z"}""";

    public void Dispose()
    {
        _listener.Dispose();
        lock (_all) _all.ForEach(connection => connection.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new Connection(await _listener.AcceptSocketAsync());
                lock (_all) _all.Add(connection);
                if (await connection.ReadHeadAsync()) await _connections.Writer.WriteAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The test has ended.
        }
    }

    /// <summary>A connection with one request.</summary>
    internal sealed class Connection(Socket socket) : IDisposable
    {
        private readonly NetworkStream _stream = new(socket, ownsSocket: true);

        /// <summary>The request, up to its first empty line at least.</summary>
        public string Request { get; private set; } = "";

        /// <summary>The value of a header; null if there is none.</summary>
        public string? Header(string name) => Request.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

        public async Task<bool> ReadHeadAsync()
        {
            var buffer = new byte[16 * 1024];
            while (!Request.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var length = await _stream.ReadAsync(buffer);
                if (length == 0) return false;
                Request += Encoding.UTF8.GetString(buffer, 0, length);
            }

            return true;
        }

        /// <summary>Sends bytes as they are; a peer that has gone is no fault.</summary>
        public async Task SendAsync(string text)
        {
            try
            {
                await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            }
            catch (IOException)
            {
                // It has had enough.
            }
        }

        /// <summary>Sends the last bytes and ends the connection.</summary>
        public async Task EndAsync(string text = "")
        {
            await SendAsync(text);
            Dispose();
        }

        public void Dispose() => _stream.Dispose();
    }
}
