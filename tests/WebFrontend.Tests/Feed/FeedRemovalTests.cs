using FsCheck;
using FsCheck.Fluent;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.Feed;

/// <summary>What a node does with comments that are taken back.</summary>
public sealed class FeedRemovalTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MemoryStore _store = new();
    private readonly Signal _news = new();
    private readonly InProcessLiveVideos _videos;

    public FeedRemovalTests() => _videos = Engine(_store, _time);

    public void Dispose() => _videos.Dispose();

    [Fact]
    public async Task Who_had_not_been_sent_a_comment_is_sent_its_removal_and_not_the_comment()
    {
        await using var feed = NewFeed(_videos, _time);
        await feed.PrepareAsync(null, 50).InTime();
        var viewer = new Screen(feed, backlog: 50);
        var slow = new Screen(feed, backlog: 50);
        await _videos.PostAsync(3);
        viewer.Read();

        var removed = _store.All(Video)[1];
        await RemoveAsync(removed.Id);
        viewer.Read();
        slow.Read();

        Assert.Equal(_store.All(Video), viewer.Shown);
        Assert.Equal(_store.All(Video), slow.Shown);
        Assert.DoesNotContain(slow.Events, item => item.EventId == removed.Id.ToString());
        Assert.Contains(slow.Events, item => item.EventType == "comment-removed");
        var joins = new Screen(feed, backlog: 50);
        joins.Read();
        Assert.Equal(_store.All(Video), joins.Shown);
    }

    [Fact]
    public async Task A_backlog_has_as_many_comments_as_were_asked_for_though_others_were_removed()
    {
        await _videos.PostAsync(100);
        _time.Advance(TimeSpan.FromMinutes(3));
        await using var feed = NewFeed(_videos, _time);
        await feed.PrepareAsync(null, 20).InTime();
        foreach (var comment in _store.All(Video).TakeLast(30).ToList()) await RemoveAsync(comment.Id);

        await feed.PrepareAsync(null, 20).InTime();
        var joins = new Screen(feed, backlog: 20);
        joins.Read();

        Assert.Equal(_store.All(Video).TakeLast(20), joins.Shown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_that_was_read_before_a_removal_does_not_bring_its_text_back(bool all)
    {
        await _videos.PostAsync(100);
        _time.Advance(TimeSpan.FromMinutes(3));
        var videos = new LossyVideos(_videos);
        await using var feed = NewFeed(videos, _time);
        var read = new TaskCompletionSource();
        var reading = new Signal();
        videos.AfterRead = () =>
        {
            reading.Tell();
            return read.Task;
        };

        var preparing = feed.PrepareAsync(null, 50);
        await reading.UntilAsync(() => true);
        if (all) await _videos.RemoveAsync(Video, RemovalRequest.OfEverybody(CommentId.None)).InTime();
        else await RemoveAsync(_store.All(Video)[90].Id);
        videos.AfterRead = () => Task.CompletedTask;
        read.SetResult();
        await preparing.InTime();

        var joins = new Screen(feed, backlog: 50);
        joins.Read();
        Assert.Equal(_store.All(Video).TakeLast(50).Select(comment => comment.Id), joins.Shown.TakeLast(50).Select(comment => comment.Id));
    }

    [Fact]
    public async Task A_gap_names_what_was_removed_in_it_or_says_that_it_may_be_anything()
    {
        var videos = new LossyVideos(_videos);
        await using var feed = NewFeed(videos, _time, replay: 200, changed: _news.Tell);
        await feed.PrepareAsync(null, 50).InTime();
        await videos.PostAsync(10);
        var first = _store.All(Video);
        await RemoveAsync(first[3].Id);
        await RemoveAsync(first[4].Id);
        await videos.PostAsync(400);

        var (named, late) = (new Screen(feed, backlog: 5, after: first[9].Id), new Screen(feed, backlog: 5, after: first[3].Id));
        named.Read();
        late.Read();
        Assert.Equal($$"""["{{first[3].Id}}","{{first[4].Id}}"]""", Member(named.Events[0].Data, "removed"));
        // It never had the second.
        Assert.Equal($$"""["{{first[3].Id}}"]""", Member(late.Events[0].Data, "removed"));

        await _videos.RemoveAsync(Video, RemovalRequest.OfEverybody(CommentId.None)).InTime();
        await videos.PostAsync(400);
        var all = new Screen(feed, backlog: 5, after: first[9].Id);
        all.Read();
        Assert.Equal("true", Member(all.Events[0].Data, "reset"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Over_a_gap_a_removal_is_told_whose_place_comes_later(int backlog)
    {
        await using var feed = NewFeed(_videos, _time, replay: 200);
        await feed.PrepareAsync(null, 50).InTime();
        await _videos.PostAsync(3);
        var first = _store.All(Video);
        var (screen, near) = (new Screen(feed, backlog, after: CommentId.None), new Screen(feed, backlog: 50));
        near.Read();
        await _videos.PostAsync(400);
        await _videos.RemoveAsync(Video, RemovalRequest.OfSettings(new() { DelaySeconds = 5 })).InTime();
        await _videos.PostAsync(1);
        await RemoveAsync(first[2].Id);

        // As it comes to who had that comment, and to an edge, which has no use for what a gap names.
        screen.Read();
        Assert.Equal(["gap", "comment-removed"], screen.Events.Where(item => item.EventType is not ("comment" or "settings"))
            .Select(item => item.EventType));
        Assert.Contains("early", screen.Events[^1].Data, StringComparison.Ordinal);
        var late = new Screen(feed, backlog, after: first[2].Id);
        late.Read();
        Assert.Equal($$"""["{{first[2].Id}}"]""", Member(late.Events.First(item => item.EventType == "gap").Data, "removed"));

        for (var step = 0; step < 60; step++) _time.Advance(TimeSpan.FromMilliseconds(100));
        await Patience.UntilAsync(() =>
        {
            screen.Read();
            return Task.FromResult(screen.Events[^1].EventType == "comment-removed" && !screen.Events[^1].Data.Contains("early", StringComparison.Ordinal));
        });
        Assert.Equal(1, screen.Events.Count(item => item.EventType == "gap"));
    }

    [Fact]
    public async Task A_node_that_came_later_says_reset_only_where_something_was_removed()
    {
        await _videos.PostAsync(10);
        var first = _store.All(Video);
        await RemoveAsync(first[3].Id);
        await _videos.PostAsync(400);
        var known = _store.All(Video);
        _time.Advance(TimeSpan.FromMinutes(3));
        await using var feed = NewFeed(_videos, _time, replay: 100);

        foreach (var (after, reset) in new[] { (first[2].Id, true), (known[20].Id, false) })
        {
            await feed.PrepareAsync(after, 5).InTime();
            var screen = new Screen(feed, backlog: 5, after);
            screen.Read();
            Assert.Equal("gap", screen.Events[0].EventType);
            Assert.Equal(reset, screen.Events[0].Data.Contains("\"reset\":true", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_missed_more_removals_than_are_replayed_and_few_comments_has_no_gap_and_forgets_nothing(bool nodeCameLater)
    {
        await using var here = NewFeed(_videos, _time, replay: 20);
        await here.PrepareAsync(null, 50).InTime();
        var viewer = new Screen(here, backlog: 50);
        await _videos.PostAsync(10);
        viewer.Read();
        await _videos.PostAsync(20);
        foreach (var comment in _store.All(Video).TakeLast(20)) await RemoveAsync(comment.Id);
        await RemoveAsync(_store.All(Video)[3].Id);
        await _videos.PostAsync(1);
        if (nodeCameLater) _time.Advance(TimeSpan.FromMinutes(3));
        await using var there = NewFeed(_videos, _time, replay: 20);
        await there.PrepareAsync(viewer.Last, 50).InTime();

        viewer.Return(nodeCameLater ? there : here);
        viewer.Read();

        Assert.DoesNotContain(viewer.Events, item => item.EventType == "gap");
        Assert.Equal(_store.All(Video), viewer.Shown);
    }

    [Fact]
    public void What_every_screen_shows_at_the_end_is_what_is_left_of_the_log() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Kind, NonNegativeInt Which)[]>(),
            history =>
            {
                PlayAsync(history).InTime().GetAwaiter().GetResult();
                return true;
            }).QuickCheckThrowOnFailure();

    private async Task PlayAsync((NonNegativeInt Kind, NonNegativeInt Which)[] history)
    {
        var store = new MemoryStore();
        using var engine = Engine(store, _time);
        var videos = new LossyVideos(engine);
        var news = new Signal();
        await using var feed = NewFeed(videos, _time, replay: 20, changed: news.Tell);
        await feed.PrepareAsync(null, 5).InTime();
        var screens = new List<Screen> { new(feed, backlog: 5) };
        foreach (var (kind, which) in history)
        {
            var log = store.All(Video);
            switch (kind.Get % 10)
            {
                case 0 or 1 or 2 or 3:
                    await videos.PostAsync(which.Get % 7);
                    break;
                case 4 when log.Count > 0:
                    await engine.RemoveAsync(Video, RemovalRequest.OfComment(log[^(1 + which.Get % Math.Min(log.Count, 15))].Id)).InTime();
                    break;
                case 5 when log.Count > 0:
                    var from = log[^(1 + which.Get % log.Count)].Id;
                    await engine.RemoveAsync(Video, RemovalRequest.OfEverybody(from)).InTime();
                    break;
                case 6:
                    videos.Losing = !videos.Losing;
                    break;
                case 7:
                    await _time.WhileItFliesAsync(feed.PrepareAsync(null, 5)).InTime();
                    screens.Add(new(feed, backlog: 5));
                    break;
                case 8:
                    screens[which.Get % screens.Count].Read();
                    break;
                case 9:
                    // It comes back.
                    var leaver = screens[which.Get % screens.Count];
                    leaver.Read();
                    await _time.WhileItFliesAsync(feed.PrepareAsync(leaver.Last, 5)).InTime();
                    leaver.Return();
                    break;
            }
        }

        videos.Losing = false;
        await videos.PostAsync(1);
        var last = store.All(Video)[^1];
        await _time.WhileItFliesAsync(news.UntilAsync(() => feed.IdAt(feed.End - 1) == last.Id));
        foreach (var screen in screens)
        {
            screen.Read();
            var left = store.All(Video);
            Assert.Equal(last, screen.Shown[^1]);
            // What it shows is there still, in order, and since its last gap nothing is missing.
            Assert.Equal(screen.Shown.OrderBy(comment => comment.Id), screen.Shown);
            Assert.Empty(screen.Shown.Except(left));
            Assert.Equal(left.Where(comment => comment.Id >= screen.WholeFrom), screen.Shown.Where(comment => comment.Id >= screen.WholeFrom));
            Assert.Distinct(screen.Events.Where(item => item.EventType == "comment-removed").Select(item => item.EventId));
        }
    }

    private async Task RemoveAsync(CommentId comment) =>
        Assert.Equal(1, (await _videos.RemoveAsync(Video, RemovalRequest.OfComment(comment)).InTime()).Count);

    private static string Member(string json, string name)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetRawText();
    }
}
