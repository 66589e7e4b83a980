using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LiveComments.LoadTester.Tests.FaultyServer;

/// <summary>Just enough of the HTTP contract, on a real socket, to be wrong in known numbers.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly Faults _faults;
    private readonly X509Certificate2? _certificate;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Dictionary<string, TinyVideo> _videos = [];
    private readonly List<Task> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _posts;
    private long _lastId = 1000;

    /// <summary>Starts it; it speaks TLS if it has a certificate.</summary>
    public TinyServer(Faults faults, X509Certificate2? certificate = null)
    {
        (_faults, _certificate) = (faults, certificate);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndPoint}");

    public FaultCounts Counts { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] open;
        lock (_videos) open = [.. _connections];

        await Task.WhenAll(open);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                lock (_videos) _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        try
        {
            await using var stream = await OpenAsync(socket);
            socket.NoDelay = true;
            lock (_videos) Counts.ClientAddresses.Add(((IPEndPoint)socket.RemoteEndPoint!).Address.ToString());

            while (await TinyRequest.ReadAsync(stream, _stop.Token) is { } request)
            {
                lock (_videos) Counts.Requests.Add(request.Text);
                if (request.Method == "GET")
                {
                    await StreamAsync(socket, stream, request);
                    return;
                }

                if (request.Method == "DELETE") await AnswerRemovalAsync(stream, request);
                else if (!await AnswerPostAsync(stream, request)) return;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or AuthenticationException)
        {
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is null) return stream;
        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> AnswerPostAsync(Stream stream, TinyRequest request)
    {
        long id;
        bool isRefused, isCut;
        lock (_videos)
        {
            _posts++;
            isRefused = IsDue(_faults.RefuseEvery, _posts);
            isCut = IsDue(_faults.CutPostEvery, _posts);
            Counts.Refused += isRefused ? 1 : 0;
            Counts.PostsCut += isCut ? 1 : 0;
            id = ++_lastId;
            if (!isRefused || _faults.PublishesRefused) Publish(request, id, isRefused);
        }

        if (_faults.AnswerDelay > TimeSpan.Zero) await Task.Delay(_faults.AnswerDelay, _stop.Token);

        if (isCut) return false;
        var body = isRefused || _faults.HasOtherApi ? "{}" : $$"""{"id":"{{id}}","liveVideoId":"{{request.Video}}"}""";
        var status = isRefused ? $"{_faults.RefusalStatus} No" : "201 Created";
        // An interim answer and a chunked one: the reader must take both.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{body.Length:x};x=y\r\n{body}\r\n0\r\nX-Trailer: 1\r\n\r\n"), _stop.Token);
        return true;
    }

    private async Task AnswerRemovalAsync(Stream stream, TinyRequest request)
    {
        if (_faults.RemovalStatus == 204)
        {
            lock (_videos)
            {
                Counts.Removed++;
                Video(request.Video).Remove(request.Comment, ++_lastId);
            }
        }

        // An answer without content has neither a length nor chunks.
        var rest = _faults.RemovalStatus == 204 ? "" : "Content-Length: 2\r\n\r\nno";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {_faults.RemovalStatus} Removal\r\n{(rest.Length > 0 ? rest : "\r\n")}"), _stop.Token);
    }

    private void Publish(TinyRequest request, long id, bool isRefused)
    {
        Counts.Published++;
        var video = Video(request.Video);
        var sent = video.Publish(new TinyComment(id, request.Body));
        Counts.RefusedYetDelivered += isRefused ? sent : 0;
        if (IsDue(_faults.LeakEvery, Counts.Published))
        {
            foreach (var other in _videos.Values.Where(other => other != video))
                Counts.Leaked += other.Leak(new TinyComment(id, request.Body));
        }
    }

    private async Task StreamAsync(Socket socket, Stream stream, TinyRequest request)
    {
        if (_faults.StreamStatus != 200)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {_faults.StreamStatus} No\r\nContent-Length: 2\r\n\r\nno"), _stop.Token);
            return;
        }

        socket.SendBufferSize = 4096;
        var viewer = new TinyViewer(_faults, Counts);
        lock (_videos)
        {
            Counts.StreamsOpened++;
            if (!(_faults.ForgetsLateViewers && _posts > 0)) Video(request.Video).Add(viewer);
        }

        await viewer.RunAsync(stream, request.Backlog, _stop.Token);
    }

    private TinyVideo Video(string id)
    {
        if (!_videos.TryGetValue(id, out var video)) _videos[id] = video = new TinyVideo(_faults, Counts);

        return video;
    }

    internal static bool IsDue(int every, int count) => every > 0 && count % every == 0;
}
