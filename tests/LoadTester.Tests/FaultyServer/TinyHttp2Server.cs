using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveComments.LoadTester.Tests.FaultyServer;

/// <summary>The same wrongs as <see cref="TinyServer"/>, from a real server that speaks HTTP/2.</summary>
internal sealed class TinyHttp2Server : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Faults _faults;
    private readonly Dictionary<string, TinyVideo> _videos = [];
    private long _lastId = 1000;
    private Task _stopping = Task.CompletedTask;

    private TinyHttp2Server(Faults faults, X509Certificate2? certificate, HttpProtocols overTls)
    {
        _faults = faults;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            if (certificate is not null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen =>
                {
                    listen.Protocols = overTls;
                    listen.UseHttps(certificate);
                });
                return;
            }

            // In the clear a port has one protocol.
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        _application = builder.Build();
        _application.MapGet("/comments/{video}/stream", StreamAsync);
        _application.MapPost("/comments/{video}", PostAsync);
    }

    public FaultCounts Counts { get; } = new();

    /// <summary>The protocols of the requests for streams.</summary>
    public ConcurrentBag<string> Protocols { get; } = [];

    /// <summary>The header fields of the requests for streams.</summary>
    public ConcurrentBag<string> Fields { get; } = [];

    /// <summary>Where the streams are.</summary>
    public Uri Url => Address(0);

    /// <summary>Where comments are posted.</summary>
    public Uri PostUrl => Address(^1);

    public static async Task<TinyHttp2Server> StartAsync(
        Faults faults, X509Certificate2? certificate, HttpProtocols overTls = HttpProtocols.Http1AndHttp2)
    {
        var server = new TinyHttp2Server(faults, certificate, overTls);
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping;
        await _application.DisposeAsync();
    }

    private Uri Address(Index index) => new(
        _application.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.ToArray()[index]);

    private async Task StreamAsync(HttpContext context, string video, int backlog = 0)
    {
        Protocols.Add(context.Request.Protocol);
        foreach (var (name, value) in context.Request.Headers) Fields.Add($"{name}: {value}");

        context.Response.StatusCode = _faults.StreamStatus;
        if (_faults.StreamStatus != 200) return;
        var viewer = new TinyViewer(_faults, Counts);
        lock (_videos) Video(video).Add(viewer);

        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        var ahead = new byte[1024];
        ahead.AsSpan().Fill((byte)'\n');
        for (var sent = 0; sent < _faults.BytesAhead; sent += ahead.Length) await context.Response.Body.WriteAsync(ahead);

        var gone = Task.Delay(Timeout.Infinite, context.RequestAborted);
        await viewer.StreamAsync(context.Response.Body, backlog, gone, CancellationToken.None);
        if (_faults.ResetsStreams) context.Abort();
    }

    private async Task<IResult> PostAsync(HttpContext context, string video)
    {
        var body = await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync();
        lock (_videos)
        {
            var id = ++_lastId;
            Counts.Published++;
            Video(video).Publish(new TinyComment(id, body));
            if (Counts.Published == _faults.StopAfter) _stopping = Task.Run(() => _application.StopAsync());
            return Results.Text($$"""{"id":"{{id}}"}""", statusCode: 201);
        }
    }

    private TinyVideo Video(string id)
    {
        if (!_videos.TryGetValue(id, out var video)) _videos[id] = video = new TinyVideo(_faults, Counts);

        return video;
    }
}
