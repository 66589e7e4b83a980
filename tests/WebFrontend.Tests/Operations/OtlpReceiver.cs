using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.Tests.Operations;

/// <summary>
/// Receives metrics through OTLP, over HTTP with protobuf or over gRPC, and understands as much of them as the tests ask for: the sums.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _sums = [];
    private readonly ConcurrentDictionary<string, bool> _names = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>Told after each message.</summary>
    public Signal News { get; } = new();

    /// <summary>The last values of the sums that have one series.</summary>
    public IReadOnlyDictionary<string, long> Sums => _sums;

    /// <summary>The names of all metrics that have come.</summary>
    public ICollection<string> Names => _names.Keys;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = protocol));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/metrics", receiver.TakeAsync);
        receiver._app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", receiver.TakeGrpcAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Read(await BodyAsync(context));
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task TakeGrpcAsync(HttpContext context)
    {
        // A message is preceded by whether it is compressed, and by its length.
        Read((await BodyAsync(context))[5..]);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    // ExportMetricsServiceRequest.resource_metrics / .scope_metrics / .metrics (opentelemetry-proto, metrics/v1)
    private void Read(byte[] request)
    {
        var metrics =
            from resource in Fields(request)
            where resource.Number == 1
            from scope in Fields(resource.Bytes)
            where scope.Number == 2
            from metric in Fields(scope.Bytes)
            where metric.Number == 2
            select Fields(metric.Bytes).ToList();
        foreach (var metric in metrics)
        {
            var name = System.Text.Encoding.UTF8.GetString(metric.Single(field => field.Number == 1).Bytes);
            _names[name] = true;
            var values =
                (from sum in metric
                 where sum.Number == 7
                 from point in Fields(sum.Bytes)
                 where point.Number == 1
                 from value in Fields(point.Bytes)
                 where value.Number == 6
                 select BinaryPrimitives.ReadInt64LittleEndian(value.Bytes)).ToList();
            if (values is [var only]) _sums[name] = only;
        }

        News.Tell();
    }

    /// <summary>The fields of a message (protobuf, "Encoding"); numbers of variable length are passed over.</summary>
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var length = (tag & 7) switch
            {
                0 => Skip(message, ref at),
                1 => 8,
                5 => 4,
                _ => (int)Varint(message, ref at),
            };
            yield return ((int)(tag >> 3), message[at..(at + length)]);
            at += length;
        }
    }

    private static int Skip(byte[] message, ref int at)
    {
        Varint(message, ref at);
        return 0;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return value;
        }
    }
}
