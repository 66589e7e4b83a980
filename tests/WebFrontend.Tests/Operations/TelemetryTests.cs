using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveComments.WebFrontend.Tests.Operations;

/// <summary>What the real program sends to a receiver of telemetry.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("http/protobuf", HttpProtocols.Http1)]
    [InlineData("grpc", HttpProtocols.Http2)]
    public async Task The_numbers_of_the_operator_page_go_out_through_OTLP(string name, HttpProtocols protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = name,
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
        };
        await using var server = await ServerProcess.StartAsync(TemporaryDatabase.Program, environment, _database.Setting);
        using var client = new CommentsClient(new(server.Address));
        using var one = await client.WatchAsync("demo");
        using var other = await client.WatchAsync("demo");
        await one.TakeThroughAsync(await client.PostAsync("demo"));
        await other.TakeThroughAsync(await client.PostAsync("demo"));
        using var refused = await client.SendAsync("demo", CommentsClient.Body("", ""));

        await receiver.News.UntilAsync(() => receiver.Sums.GetValueOrDefault("livecomments.deliveries") == 4 && Sum("refused") == 1);

        Assert.Equal(2, receiver.Sums["livecomments.comments.accepted"]);
        Assert.Equal(2, receiver.Sums["livecomments.viewers"]);
        Assert.Equal(1, receiver.Sums["livecomments.videos.active"]);
        Assert.Superset(
            new HashSet<string>
            {
                "livecomments.append.duration", "livecomments.delivery.duration", "livecomments.store.size",
                "dotnet.process.cpu.time", "dotnet.process.memory.working_set",
            },
            receiver.Names.ToHashSet());

        long Sum(string rest) => receiver.Sums.GetValueOrDefault($"livecomments.comments.{rest}");
    }
}
