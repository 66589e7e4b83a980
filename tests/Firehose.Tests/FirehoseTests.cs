using System.Collections.Concurrent;

namespace LiveComments.Firehose.Tests;

/// <summary>What is sent and when, by a clock that the test moves.</summary>
public sealed class FirehoseTests
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("show-1");

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly MemoryReceiver _receiver = new();

    [Fact]
    public async Task A_receiver_that_was_away_for_an_hour_gets_all_in_order()
    {
        await using var node = await Node(options => (options.MaxInMemory, options.BatchEntries) = (5, 7)).BeginAsync();
        _receiver.IsAway = true;
        var ids = new List<long>();
        for (var minute = 0; minute < 60; minute++)
        {
            ids.AddRange(await node.PostAsync(Video, 10));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(node.Status.Seconds, 3_500, 3_700);
        Assert.Equal(600, node.Status.Entries);
        await _time.WhileItFliesAsync(_receiver.TriesAsync(3));
        Assert.False(node.Status.Takes);
        _receiver.IsAway = false;
        await _time.WhileItFliesAsync(_receiver.HasAsync(600));
        Assert.Equal(ids, _receiver.Places("show-1"));
        await _time.WhileItFliesAsync(Patience.UntilAsync(() => Task.FromResult(node.Status == new FirehoseStatus(0, 0, Takes: true))));
        Assert.Contains("The firehose's receiver takes entries again.", node.Lines.All);
    }

    [Fact]
    public async Task What_a_process_has_not_sent_is_sent_when_it_has_started_again()
    {
        _receiver.IsAway = true;
        List<long> ids;
        // Not told to end: it is just gone.
        await using (var node = await Node().BeginAsync()) ids = await node.PostAsync(Video, 20);

        _receiver.IsAway = false;
        await using var next = await Node(options => options.Alone = true).BeginAsync();
        await _time.WhileItFliesAsync(_receiver.HasAsync(20));
        Assert.Equal(ids, _receiver.Places("show-1"));
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again_by_the_next_process()
    {
        await using (var node = await Node().BeginAsync())
        {
            await node.PostAsync(Video, 20);
            await _time.WhileItFliesAsync(_receiver.HasAsync(20));
            await _time.WhileItFliesAsync(node.StopAsync());
        }

        await using var next = await Node(options => options.Alone = true).BeginAsync();
        await next.PostAsync(Video, 5);
        await _time.WhileItFliesAsync(_receiver.HasAsync(25));
        Assert.Equal(25, _receiver.Entries.Count);
    }

    [Fact]
    public async Task Only_chosen_videos_are_sent()
    {
        await using var node = await Node(options => options.Videos = ["show-*", "one"]).BeginAsync();
        await node.PostAsync(LiveVideoId.Parse("other"), 3);
        await node.PostAsync(LiveVideoId.Parse("one"), 3);
        await node.PostAsync(Video, 3);
        await _time.WhileItFliesAsync(_receiver.HasAsync(6));
        Assert.Equal(["one", "show-1"], _receiver.Entries.Select(entry => entry.LiveVideoId.ToString()).Distinct().Order());
    }

    [Fact]
    public async Task What_is_too_old_is_given_up_and_said()
    {
        await using var node = await Node(options => options.GiveUpHours = 1).BeginAsync();
        _receiver.IsAway = true;
        await node.PostAsync(Video, 3);
        await _time.WhileItFliesAsync(_receiver.TriesAsync(1));
        _time.Advance(TimeSpan.FromHours(2));
        await _time.WhileItFliesAsync(Patience.UntilAsync(() => Task.FromResult(node.Status.Entries == 0)));
        Assert.Contains(node.Lines.All, line => line.Contains("given up 3 entries of show-1", StringComparison.Ordinal));
        _receiver.IsAway = false;
        var ids = await node.PostAsync(Video, 2);
        await _time.WhileItFliesAsync(_receiver.HasAsync(2));
        Assert.Equal(ids, _receiver.Places("show-1"));
    }

    [Fact]
    public async Task A_video_that_the_receiver_does_not_take_holds_up_no_other()
    {
        await using var node = await Node().BeginAsync();
        _receiver.Refuses = entry => entry.LiveVideoId == Video;
        var others = Enumerable.Range(0, 5).Select(i => LiveVideoId.Parse($"other-{i}")).ToList();
        await node.PostAsync(Video, 3);
        foreach (var other in others) await node.PostAsync(other, 10);
        await _time.WhileItFliesAsync(_receiver.HasAsync(50));
        Assert.DoesNotContain(_receiver.Entries, entry => entry.LiveVideoId == Video);
        _receiver.Refuses = _ => false;
        await _time.WhileItFliesAsync(_receiver.HasAsync(53));
        Assert.Equal(3, _receiver.Places("show-1").Distinct().Count());
    }

    private HoseNode Node(Action<FirehoseOptions>? configure = null) => new(_store, _receiver, _time, configure);
}

/// <summary>A receiver in memory.</summary>
internal sealed class MemoryReceiver : IFirehoseReceiver
{
    private readonly ConcurrentQueue<FirehoseEntry> _entries = [];

    public int BatchesAtOnce => 4;

    public bool IsAway { get; set; }

    /// <summary>Batches with such an entry are not taken.</summary>
    public Func<FirehoseEntry, bool> Refuses { get; set; } = _ => false;

    public int Tries { get; private set; }

    public IReadOnlyCollection<FirehoseEntry> Entries => _entries;

    public IEnumerable<long> Places(string log) => _entries
        .Where(entry => entry.Id.StartsWith($"{log}/", StringComparison.Ordinal)).Select(entry => long.Parse(entry.Id[(log.Length + 1)..]));

    public Task HasAsync(int count) => Patience.UntilAsync(() => Task.FromResult(_entries.Count >= count));

    public Task TriesAsync(int count) => Patience.UntilAsync(() => Task.FromResult(Tries >= count));

    public Task SendAsync(IReadOnlyList<FirehoseEntry> entries, CancellationToken cancellationToken)
    {
        Tries++;
        if (IsAway) throw new IOException("It is away.");
        if (entries.Any(Refuses)) throw new IOException("It does not take that.");
        foreach (var entry in entries) _entries.Enqueue(entry);
        return Task.CompletedTask;
    }
}
