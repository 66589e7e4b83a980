using System.Text.Json;
using LiveComments.Firehose.Redis;
using LiveComments.Silo.Tests;
using StackExchange.Redis;

namespace LiveComments.Firehose.Tests;

/// <summary>Entries that go to a real Redis.</summary>
[Trait("Needs", "redis")]
public sealed class RedisTests : IAsyncLifetime
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("show-1");

    private readonly MemoryStore _store = new();
    private readonly RedisServer _server = new();
    private ConnectionMultiplexer _redis = null!;

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync($"{_server.ConnectionString},allowAdmin=true");
    }

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Entries_stand_in_the_stream_in_order()
    {
        await using var receiver = new RedisReceiver(new() { Connection = _server.ConnectionString });
        await using var node = await new HoseNode(_store, receiver).BeginAsync();
        var ids = await node.PostAsync(Video, 100);
        var entries = await ReadAsync("livecomments", 100);
        Assert.Equal(ids.Select(id => $"show-1/{id}"), entries.Select(entry => (string?)entry["id"]));
        Assert.Equal(("comment", "show-1"), ((string?)entries[0]["type"], (string?)entries[0]["liveVideoId"]));
        using var data = JsonDocument.Parse((string)entries[0]["data"]!);
        Assert.Equal("0", data.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Each_video_may_have_a_stream_of_its_own_and_streams_are_bounded()
    {
        await using var receiver = new RedisReceiver(new() { Connection = _server.ConnectionString, Stream = "of:{video}", MaxLength = 100 });
        await using var node = await new HoseNode(_store, receiver).BeginAsync();
        await node.PostAsync(LiveVideoId.Parse("show-2"), 3);
        var last = (await node.PostAsync(Video, 500))[^1];
        Assert.Equal(3, (await ReadAsync("of:show-2", 3)).Count);
        await Patience.UntilAsync(async () =>
            (await _redis.GetDatabase().StreamRangeAsync("of:show-1", count: 1, messageOrder: Order.Descending))
            is [var newest] && newest["id"] == $"show-1/{last}");
        // It is cut by whole nodes of 100.
        Assert.InRange(await _redis.GetDatabase().StreamLengthAsync("of:show-1"), 100, 200);
    }

    [Fact]
    public async Task A_redis_that_takes_nothing_for_a_while_gets_all_in_order()
    {
        await using var receiver = new RedisReceiver(new() { Connection = _server.ConnectionString });
        await using var node = await new HoseNode(_store, receiver, configure: options => options.BatchEntries = 20).BeginAsync();
        var ids = await node.PostAsync(Video, 10);
        await ReadAsync("livecomments", 10);
        // Its memory is full.
        await _redis.GetServers().Single().ConfigSetAsync("maxmemory", "1");
        ids.AddRange(await node.PostAsync(Video, 200));
        await Patience.UntilAsync(() => Task.FromResult(!node.Status.Takes));
        await _redis.GetServers().Single().ConfigSetAsync("maxmemory", "0");
        var entries = await ReadAsync("livecomments", 210);
        Assert.Equal(ids.Select(id => $"show-1/{id}"), entries.Select(entry => (string?)entry["id"]).Distinct());
    }

    private async Task<IReadOnlyList<StreamEntry>> ReadAsync(string stream, int count)
    {
        StreamEntry[] entries = [];
        await Patience.UntilAsync(async () =>
        {
            entries = await _redis.GetDatabase().StreamRangeAsync(stream);
            return entries.Length >= count;
        });
        return entries;
    }
}
