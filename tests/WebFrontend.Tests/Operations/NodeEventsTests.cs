using System.Net.ServerSentEvents;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Operations;

/// <summary>The events of the operator page, from the real program.</summary>
public sealed class NodeEventsTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_node_introduces_itself_and_reports_each_second_until_it_stops()
    {
        await using var server = await _database.ServeAsync("--Limits:PostsPerSecond=0", "--Limits:MaxViewers=2");
        using var client = new CommentsClient(new(server.Address));
        using var one = await client.WatchAsync("demo");
        using var other = await client.WatchAsync("demo");
        using var refusedStream = await client.OpenStreamAsync("demo");
        var last = (await client.PostManyAsync("demo", 5))[^1];
        await one.TakeThroughAsync(last);
        await other.TakeThroughAsync(last);
        using var refusedPost = await client.SendAsync("demo", CommentsClient.Body("", ""));
        await client.PostAsync("demo", key: "k");
        using var repeated = await client.SendAsync("demo", CommentsClient.Body("Ada", "Hello"), "k");

        using var stream = await client.Reads.GetStreamAsync("/ops/events").InTime();
        var events = SseParser.Create(stream, (type, data) => (type, JsonDocument.Parse(data.ToArray()).RootElement)).EnumerateAsync().GetAsyncEnumerator();
        var (_, node) = await NextAsync("node");
        Assert.Equal(2, node.GetProperty("maxViewers").GetInt32());
        Assert.Equal(Environment.ProcessorCount, node.GetProperty("processors").GetInt32());

        JsonElement report;
        do (_, report) = await NextAsync("report");
        while (report.GetProperty("deliveries").GetInt64() < 12);

        Assert.Equal(6, report.GetProperty("comments").GetInt64());
        Assert.Equal(12, report.GetProperty("deliveries").GetInt64());
        Assert.Equal(2, report.GetProperty("now").GetProperty("viewers").GetInt64());
        Assert.Equal(1, report.GetProperty("activeVideos").GetInt64());
        Assert.InRange(report.GetProperty("append").GetProperty("p50").GetDouble(), 0.05, 60_000);
        Assert.InRange(report.GetProperty("delivery").GetProperty("p99").GetDouble(), 0.05, 60_000);
        Assert.InRange(report.GetProperty("storeSize").GetInt64(), 4_096, long.MaxValue);
        Assert.True(report.GetProperty("ready").GetBoolean());
        var video = Assert.Single(report.GetProperty("videos").EnumerateArray());
        Assert.Equal("demo", video.GetProperty("id").GetString());
        Assert.Equal(2, video.GetProperty("viewers").GetInt32());
        Assert.Equal(
            ["post invalid 1", "post repeated 1", "stream too_many_viewers 1"],
            report.GetProperty("refusals").EnumerateArray()
                .Select(refusal => $"{refusal.GetProperty("what")} {refusal.GetProperty("reason")} {refusal.GetProperty("total")}").Order());

        Assert.Equal(0, await server.TerminateAsync());
        while (await events.MoveNextAsync().InTime()) Assert.Equal("report", events.Current.EventType);

        async Task<(string Type, JsonElement Data)> NextAsync(string type)
        {
            Assert.True(await events.MoveNextAsync().InTime());
            Assert.Equal(type, events.Current.EventType);
            return events.Current.Data;
        }
    }
}
