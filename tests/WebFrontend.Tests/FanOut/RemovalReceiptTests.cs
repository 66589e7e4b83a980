using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Wire;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.FanOut;

/// <summary>Who of the viewers had been sent what was removed, and who was told: to the last one.</summary>
public sealed class RemovalReceiptTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly RemovalReceipts _receipts;
    private InProcessLiveVideos _videos = null!;
    private VideoHub _hub = null!;

    public RemovalReceiptTests() => _receipts = new(_time);

    public async Task InitializeAsync()
    {
        _videos = Engine(new MemoryStore(), _time);
        _hub = new(Video, _videos, replay: 1_000, TimeSpan.Zero, new(PaceGoal.Latency, () => 0), _time, Log, Metrics, _receipts);
        await _hub.Feed.PrepareAsync(null, 0);
    }

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        _videos.Dispose();
    }

    [Fact]
    public async Task Those_who_joined_before_the_comment_are_counted_and_those_after_it_are_not()
    {
        for (var i = 0; i < 3; i++) Join(new RecordingConnection());
        var comment = await PostAsync("comment");
        for (var i = 0; i < 5; i++) Join(new RecordingConnection());
        // Who joins with a backlog is sent it, too.
        Join(new RecordingConnection(), backlog: 10);
        await PostAsync("another");

        var receipt = await RemoveAsync(comment);

        await Patience.UntilAsync(() => Task.FromResult(receipt.IsComplete));
        Assert.Equal((4, 4, 0, 0), (receipt.WereSent, receipt.Told, receipt.NotYet, receipt.Left));
        Assert.NotNull(receipt.Share.NearlyAllMs);
    }

    [Fact]
    public async Task Who_has_left_before_the_removal_is_not_counted_and_who_leaves_untold_is_said_to_have_left()
    {
        Join(new RecordingConnection());
        var gone = Join(new RecordingConnection());
        var stalled = new Stalled();
        var leaver = Join(stalled);
        var comment = await PostAsync("comment");
        await stalled.Holds.InTime();
        gone.Dispose();

        var receipt = await RemoveAsync(comment);
        await Patience.UntilAsync(() => Task.FromResult(receipt.Told == 1));
        Assert.Equal((2, 1, 0), (receipt.WereSent, receipt.NotYet, receipt.Left));
        Assert.False(receipt.IsComplete);

        leaver.Dispose();
        Assert.Equal((0, 1), (receipt.NotYet, receipt.Left));
        Assert.True(receipt.IsComplete);
    }

    [Fact]
    public async Task Who_stalls_is_told_later_and_the_time_is_that()
    {
        var stalled = new Stalled();
        Join(stalled);
        var comment = await PostAsync("comment");
        await stalled.Holds.InTime();
        var receipt = await RemoveAsync(comment);
        Assert.Equal((1, 1), (receipt.WereSent, receipt.NotYet));

        _time.Advance(TimeSpan.FromMilliseconds(250));
        stalled.GoOn();
        await Patience.UntilAsync(() => Task.FromResult(receipt.IsComplete));
        Assert.Equal(1, receipt.Told);
        Assert.Equal(250, receipt.Share.MedianMs);
    }

    [Fact]
    public async Task After_half_a_minute_who_was_not_told_stays_so()
    {
        var stalled = new Stalled();
        Join(stalled);
        var comment = await PostAsync("comment");
        await stalled.Holds.InTime();
        var receipt = await RemoveAsync(comment);
        _time.Advance(TimeSpan.FromSeconds(31));
        stalled.GoOn();
        await PostAsync("later");
        Assert.Equal((1, 0), (receipt.NotYet, receipt.Told));
    }

    [Fact]
    public async Task Of_many_comments_each_viewer_counts_once()
    {
        for (var i = 0; i < 3; i++) Join(new RecordingConnection());
        for (var i = 0; i < 5; i++) await PostAsync($"comment {i}");
        Join(new RecordingConnection());
        var outcome = await _videos.RemoveAsync(Video, RemovalRequest.OfEverybody(CommentId.None));
        Assert.Equal(5, outcome.Count);
        var receipt = Assert.Single(_receipts.ReceiptsOf(Video, outcome.Removal!.Value));
        await Patience.UntilAsync(() => Task.FromResult(receipt.IsComplete));
        Assert.Equal(3, receipt.Told);
    }

    [Fact]
    public async Task Removed_again_it_has_the_same_receipt()
    {
        Join(new RecordingConnection());
        var comment = await PostAsync("comment");
        var receipt = await RemoveAsync(comment);
        Assert.Same(receipt, await RemoveAsync(comment));
    }

    [Fact]
    public async Task Edges_are_no_viewers_and_are_counted_whatever_they_were_sent()
    {
        var edge = Guid.NewGuid();
        Join(new RecordingConnection());
        var comment = await PostAsync("comment");
        // A stream that was opened again begins after the comment, which the edge has all the same.
        foreach (var id in (Guid?[])[edge, edge, null])
            _hub.Add(new Viewer(new RecordingConnection(), _hub.Feed, _hub.Feed.Begin(null, 0), Metrics) { IsRelay = true, Edge = id });

        var receipt = await RemoveAsync(comment);

        await Patience.UntilAsync(() => Task.FromResult(receipt.IsComplete));
        var node = _receipts.Find(Video, receipt.Removal);
        Assert.Equal((1, 1, 1, 0), (node.Share.WereSent, node.Share.Told, node.Share.Relays, node.Share.RelaysReported));
        Assert.Equal([edge], node.Edges);
        Assert.True(node.IsWhole);
    }

    [Fact]
    public async Task A_removal_of_what_nobody_was_sent_has_a_receipt_too()
    {
        var old = await PostAsync("comment");
        Join(new RecordingConnection());
        var receipt = await RemoveAsync(old);
        Assert.True(receipt.IsComplete);
        Assert.True(_receipts.Find(Video, receipt.Removal) is { IsWhole: true, Share.IsNone: true });
    }

    [Fact]
    public async Task What_has_not_come_yet_and_what_came_before_this_process_is_not_known()
    {
        var last = await PostAsync("comment");
        Assert.False(_receipts.Find(Video, last.Successor).IsWhole);
        Assert.True(_receipts.Find(LiveVideoId.Parse("unwatched"), last.Successor).IsWhole);
        Assert.False(_receipts.Find(Video, CommentId.At(_time.GetUtcNow().AddSeconds(-1))).IsWhole);
    }

    private VideoHub.Registration Join(IViewerConnection connection, int backlog = 0) =>
        _hub.Add(new Viewer(connection, _hub.Feed, _hub.Feed.Begin(null, backlog), Metrics));

    private async Task<CommentId> PostAsync(string message) => (await _videos.PostAsync(Video, Drafts.Draft(message)).InTime()).Comment!.Id;

    private async Task<RemovalReceipt> RemoveAsync(CommentId comment)
    {
        var outcome = await _videos.RemoveAsync(Video, RemovalRequest.OfComment(comment)).InTime();
        Assert.Equal(RemovalStatus.Removed, outcome.Status);
        return Assert.Single(_receipts.ReceiptsOf(Video, outcome.Removal!.Value));
    }

    /// <summary>A viewer whose first write takes until a test lets it go on.</summary>
    private sealed class Stalled : IViewerConnection
    {
        private readonly TaskCompletionSource _holds = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Holds => _holds.Task;

        public void GoOn() => _goesOn.SetResult();

        public void Abort()
        {
        }

        public async ValueTask WriteAsync(SsePayload bytes)
        {
            _holds.TrySetResult();
            await _goesOn.Task;
        }
    }
}
