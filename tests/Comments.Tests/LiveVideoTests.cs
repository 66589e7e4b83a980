using System.Diagnostics.Metrics;
using FsCheck;
using FsCheck.Fluent;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Tests;

public sealed class LiveVideoTests
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("v");

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly LiveVideoOptions _options = new() { RecentComments = 4, MaxAppend = 3 };

    [Fact]
    public async Task A_comment_is_durable_before_it_is_acknowledged_or_seen()
    {
        var (video, seen) = await WatchedAsync();
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () => append.Task;

        var post = video.PostAsync(Draft());
        Assert.False(post.IsCompleted);
        Assert.Empty(seen.Comments);
        append.SetResult();

        var outcome = await post.InTime();
        Assert.Equal(PostStatus.Accepted, outcome.Status);
        Assert.Equal([outcome.Comment!], _store.All(Id));
        Assert.Equal([outcome.Comment!], seen.Comments);
    }

    [Fact]
    public async Task What_arrives_during_an_append_shares_the_next_up_to_its_bound()
    {
        var video = Video();
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () => append.Task;

        var posts = Enumerable.Range(0, 6).Select(i => video.PostAsync(Draft($"{i}"))).ToArray();
        append.SetResult();

        var outcomes = await Task.WhenAll(posts).InTime();
        Assert.Equal([1, 3, 2], _store.Appends);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], _store.All(Id).Select(comment => comment.Message));
        Assert.Equal(_store.All(Id), outcomes.Select(outcome => outcome.Comment));
    }

    [Fact]
    public async Task An_append_is_bounded_by_bytes_too_and_a_comment_that_is_larger_goes_alone()
    {
        // Two of the small ones fit, with 3 bytes of author, 1 of message and 16 more each; not one beside "é", which has 2 bytes.
        var video = new LiveVideo(Id, _store, _options with { MaxAppendBytes = 40 }, _time, Metrics());
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () => append.Task;

        string[] messages = ["0", "1", "2", "3", new('l', 100), "5", "é"];
        var posts = messages.Select(message => video.PostAsync(Draft(message))).ToArray();
        append.SetResult();

        await Task.WhenAll(posts).InTime();
        Assert.Equal([1, 2, 1, 1, 1, 1], _store.Appends);
        Assert.Equal(messages, _store.All(Id).Select(comment => comment.Message));
    }

    [Fact]
    public async Task A_busy_video_whose_waiting_posts_fill_an_append_does_not_wait_for_more()
    {
        var options = _options with { AppendInterval = TimeSpan.FromMilliseconds(20), MaxAppend = 9, MaxAppendBytes = 40 };
        var video = new LiveVideo(Id, _store, options, _time, Metrics());
        await video.PostAsync(Draft("0")).InTime();

        // The third does not fit beside the first two: those go at once, and it waits for company.
        var posts = video.PostAsync([Draft("1"), Draft("2"), Draft("3")]);
        Assert.Equal([1, 2], _store.Appends);

        _time.Advance(options.AppendInterval);
        await posts.InTime();
        Assert.Equal([1, 2, 1], _store.Appends);
    }

    [Fact]
    public async Task One_person_posts_so_fast_and_no_faster_and_others_do_not_mind()
    {
        var video = new LiveVideo(Id, _store, _options with { PostsPerSecondPerPerson = 2 }, _time, Metrics());
        var (one, other) = (new AuthorId(1), new AuthorId(2));
        Assert.Equal([PostStatus.Accepted, PostStatus.Accepted, PostStatus.PersonTooFast], await PostAsync(one, 3));
        Assert.Equal([PostStatus.Accepted], await PostAsync(other, 1));
        Assert.Equal([PostStatus.Accepted, PostStatus.Accepted, PostStatus.Accepted], await PostAsync(null, 3));

        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal([PostStatus.Accepted, PostStatus.PersonTooFast], await PostAsync(one, 2));

        async Task<List<PostStatus>> PostAsync(AuthorId? person, int count)
        {
            var statuses = new List<PostStatus>();
            while (statuses.Count < count) statuses.Add((await video.PostAsync(Draft(person: person)).InTime()).Status);
            return statuses;
        }
    }

    [Fact]
    public async Task The_next_owner_finds_whose_names_are_taken_in_the_last_comments()
    {
        await Video().PostAsync(Draft(author: "Grace", person: new AuthorId(1))).InTime();
        await Video().PostAsync(Draft(author: "Ada", person: new AuthorId(2))).InTime();

        Assert.Equal(PostStatus.NameTaken, await PostAsync("ada", readBack: 1));
        Assert.Equal(PostStatus.Accepted, await PostAsync("Grace", readBack: 1));
        Assert.Equal(PostStatus.NameTaken, await PostAsync("Grace", readBack: 10));
        Assert.Equal(PostStatus.Accepted, await PostAsync("Ada", readBack: 0));

        async Task<PostStatus> PostAsync(string author, int readBack)
        {
            var next = new LiveVideo(Id, _store, _options with { NamesReadBack = readBack }, _time, Metrics());
            return (await next.PostAsync(Draft(author: author)).InTime()).Status;
        }
    }

    [Fact]
    public async Task What_a_token_said_of_the_author_is_in_the_log()
    {
        var outcome = await Video().PostAsync(Draft(person: new AuthorId(7))).InTime();
        Assert.Equal(new(new(7), AuthorRole.Viewer, true), outcome.Comment!.Identity);
        Assert.Equal([outcome.Comment], _store.All(Id));
    }

    [Fact]
    public async Task Appends_of_a_busy_video_keep_their_distance_and_after_a_pause_none_waits()
    {
        var interval = TimeSpan.FromMilliseconds(20);
        var video = new LiveVideo(Id, _store, _options with { AppendInterval = interval }, _time, Metrics());
        await video.PostAsync(Draft()).InTime();
        var gathering = new[] { video.PostAsync(Draft()), video.PostAsync(Draft()) };
        _time.Advance(interval - TimeSpan.FromMilliseconds(1));
        Assert.Equal([1], _store.Appends);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(gathering).InTime();
        Assert.Equal([1, 2], _store.Appends);

        _time.Advance(interval);
        await video.PostAsync(Draft()).InTime();
        Assert.Equal([1, 2, 1], _store.Appends);
    }

    [Fact]
    public async Task A_video_with_too_many_waiting_posts_refuses_more()
    {
        var video = new LiveVideo(Id, _store, _options with { MaxWaitingPostsPerVideo = 2 }, _time, Metrics());
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () => append.Task;
        // The first is being written, two wait.
        var taken = Enumerable.Range(0, 3).Select(i => video.PostAsync(Draft($"{i}"))).ToArray();

        Assert.Equal(PostStatus.Overloaded, (await video.PostAsync(Draft("3")).InTime()).Status);
        append.SetResult();

        Assert.All(await Task.WhenAll(taken).InTime(), outcome => Assert.Equal(PostStatus.Accepted, outcome.Status));
        Assert.Equal(PostStatus.Accepted, (await video.PostAsync(Draft("4")).InTime()).Status);
    }

    [Fact]
    public void Ids_rise_though_the_clock_jumps() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            jumps =>
            {
                var video = new LiveVideo(Id, new MemoryStore(), _options, _time, Metrics());
                var ids = jumps.Select(jump =>
                {
                    _time.SetWallClock(_time.GetUtcNow().AddMilliseconds(jump));
                    return video.PostAsync(Draft()).InTime().GetAwaiter().GetResult().Comment!.Id.Value;
                }).ToArray();
                return ids.SequenceEqual(ids.Distinct().Order());
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_repeated_key_gets_the_first_comment_and_publishes_nothing()
    {
        var (video, seen) = await WatchedAsync();
        var first = await video.PostAsync(Draft("first", "k")).InTime();
        for (var i = 0; i < 10; i++) await video.PostAsync(Draft()).InTime();

        var repeat = await video.PostAsync(Draft("first", "k")).InTime();

        Assert.Equal(new(PostStatus.Repeated, first.Comment), repeat);
        Assert.Equal(new(PostStatus.KeyReused), await video.PostAsync(Draft("second", "k")).InTime());
        Assert.Equal(new(PostStatus.KeyReused), await video.PostAsync(Draft("first", "k", author: "Grace")).InTime());
        Assert.Equal(11, _store.All(Id).Count);
        Assert.Equal(11, seen.Comments.Count);
    }

    [Fact]
    public async Task A_key_repeated_while_its_first_post_waits_gets_that_one()
    {
        var video = Video();
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () => append.Task;
        var posts = new[] { Draft(), Draft("a", "k"), Draft("a", "k"), Draft("c", "k") }.Select(video.PostAsync).ToArray();
        append.SetResult();

        var outcomes = await Task.WhenAll(posts).InTime();

        Assert.Equal(
            [PostStatus.Accepted, PostStatus.Accepted, PostStatus.Repeated, PostStatus.KeyReused],
            outcomes.Select(outcome => outcome.Status));
        Assert.Equal(outcomes[1].Comment, outcomes[2].Comment);
        Assert.Equal(2, _store.All(Id).Count);
    }

    [Fact]
    public async Task A_key_is_known_for_ten_minutes_also_by_the_next_owner()
    {
        var first = await Video().PostAsync(Draft("first", "k")).InTime();

        _time.Advance(TimeSpan.FromMinutes(10));
        var nextOwner = Video();
        Assert.Equal(first.Comment, (await nextOwner.PostAsync(Draft("first", "k")).InTime()).Comment);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(PostStatus.Accepted, (await nextOwner.PostAsync(Draft("third", "k")).InTime()).Status);
        Assert.Equal(PostStatus.Accepted, (await Video().PostAsync(Draft("fourth", "other")).InTime()).Status);
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_forgets_no_key_and_dates_nothing_into_the_future()
    {
        var video = Video();
        var first = await video.PostAsync(Draft("first", "k")).InTime();
        var before = _time.GetUtcNow();

        _time.SetWallClock(before.AddHours(2));
        _time.Advance(TimeSpan.FromSeconds(3));
        var second = await video.PostAsync(Draft("second")).InTime();
        var repeat = await video.PostAsync(Draft("first", "k")).InTime();
        _time.SetWallClock(before.AddSeconds(10));
        var third = await video.PostAsync(Draft("third")).InTime();

        Assert.Equal(before.AddSeconds(3), second.Comment!.CreatedAt);
        Assert.Equal(new(PostStatus.Repeated, first.Comment), repeat);
        Assert.Equal(before.AddSeconds(10), third.Comment!.CreatedAt);
    }

    [Fact]
    public async Task A_clock_that_stays_ahead_is_believed_in_the_end()
    {
        var video = Video();
        await video.PostAsync(Draft()).InTime();
        _time.SetWallClock(_time.GetUtcNow().AddHours(2));
        await video.PostAsync(Draft()).InTime();

        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(_time.GetUtcNow(), (await video.PostAsync(Draft()).InTime()).Comment!.CreatedAt);
    }

    [Fact]
    public async Task Keys_of_a_log_that_is_ahead_of_the_clock_are_forgotten_after_their_time_all_the_same()
    {
        var now = _time.GetUtcNow();
        _time.SetWallClock(now.AddHours(2));
        await Video().PostAsync(Draft("first", "k")).InTime();
        _time.SetWallClock(now);
        var video = Video();
        Assert.Equal(PostStatus.Repeated, (await video.PostAsync(Draft("first", "k")).InTime()).Status);
        await video.PostAsync(Draft("second", "l")).InTime();

        _time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(1));

        Assert.Equal(PostStatus.Accepted, (await video.PostAsync(Draft("first", "k")).InTime()).Status);
        Assert.Equal(PostStatus.Accepted, (await video.PostAsync(Draft("second", "l")).InTime()).Status);
    }

    [Fact]
    public async Task Two_owners_at_once_lose_and_double_nothing()
    {
        var (one, seenByOne) = await WatchedAsync();
        var (other, _) = await WatchedAsync();
        var outcomes = new List<PostOutcome>();
        for (var i = 0; i < 20; i++) outcomes.Add(await (i % 3 == 0 ? one : other).PostAsync(Draft($"{i}", $"k{i}")).InTime());

        Assert.All(outcomes, outcome => Assert.Equal(PostStatus.Accepted, outcome.Status));
        Assert.Equal(_store.All(Id), outcomes.Select(outcome => outcome.Comment));
        // An owner that lost the race tells its observers how far the log is, so that they can read what they missed.
        Assert.Equal(outcomes[17].Comment!.Id, seenByOne.Batches[^1].Follows);
    }

    [Fact]
    public async Task An_owner_that_finds_its_position_taken_tells_its_observers()
    {
        var (one, seenByOne) = await WatchedAsync();
        var (other, seenByOther) = await WatchedAsync();
        await other.PostAsync(Draft()).InTime();
        Assert.Equal(0, seenByOne.OwnerChanges);

        Assert.Equal(PostStatus.Accepted, (await one.PostAsync(Draft()).InTime()).Status);

        Assert.Equal(1, seenByOne.OwnerChanges);
        Assert.Equal(0, seenByOther.OwnerChanges);
    }

    [Fact]
    public async Task An_owner_that_is_asked_no_more_finds_the_other_when_it_looks()
    {
        var (one, seenByOne) = await WatchedAsync();
        var (other, seenByOther) = await WatchedAsync();
        await one.CheckOwnerAsync().InTime();
        var comment = (await other.PostAsync(Draft()).InTime()).Comment!;

        await one.CheckOwnerAsync().InTime();
        await other.CheckOwnerAsync().InTime();
        await other.CheckOwnerAsync().InTime();

        Assert.Equal(1, seenByOne.OwnerChanges);
        Assert.Equal(comment.Id, seenByOne.Batches[^1].Follows);
        Assert.Equal([comment], (await one.ReadAsync(CommentId.Max, 9).InTime()).Comments);
        Assert.Equal(0, seenByOther.OwnerChanges);
        await one.CheckOwnerAsync().InTime();
        Assert.Equal(1, seenByOne.OwnerChanges);
    }

    [Fact]
    public async Task A_look_for_other_owners_that_fails_is_made_again()
    {
        var (one, seenByOne) = await WatchedAsync();
        await Video().PostAsync(Draft()).InTime();
        _store.BeforeRead = () => throw new CommentsUnavailableException("cut off");
        await one.CheckOwnerAsync().InTime();
        Assert.Equal(0, seenByOne.OwnerChanges);

        _store.BeforeRead = () => Task.CompletedTask;
        await one.CheckOwnerAsync().InTime();
        Assert.Equal(1, seenByOne.OwnerChanges);
    }

    [Fact]
    public async Task A_failing_store_refuses_and_recovers()
    {
        var (video, seen) = await WatchedAsync();
        _store.BeforeAppend = () => throw new CommentsUnavailableException("full");
        Assert.Equal(PostStatus.Unavailable, (await video.PostAsync(Draft("a", "k")).InTime()).Status);
        Assert.Empty(seen.Comments);

        _store.BeforeAppend = () => Task.CompletedTask;
        Assert.Equal(PostStatus.Accepted, (await video.PostAsync(Draft("a", "k")).InTime()).Status);
        Assert.Single(_store.All(Id));
        Assert.Single(seen.Comments);
    }

    [Fact]
    public async Task An_append_that_reached_the_log_without_a_word_of_it_is_found_there()
    {
        var (video, seen) = await WatchedAsync();
        _store.AfterAppend = () => throw new CommentsUnavailableException("cut off");
        Assert.Equal(PostStatus.Unavailable, (await video.PostAsync(Draft("a", "k")).InTime()).Status);

        _store.AfterAppend = () => Task.CompletedTask;
        var retry = await video.PostAsync(Draft("a", "k")).InTime();

        Assert.Equal(new(PostStatus.Repeated, _store.All(Id).Single()), retry);
        Assert.Equal(_store.All(Id).Single().Id, seen.Batches.Single().Follows);
    }

    [Fact]
    public async Task A_video_that_could_not_be_loaded_is_loaded_by_the_next_who_asks()
    {
        var video = Video();
        _store.BeforeRead = () => throw new CommentsUnavailableException("locked");
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => video.SubscribeAsync(new Observer()));
        Assert.Equal(PostStatus.Unavailable, (await video.PostAsync(Draft()).InTime()).Status);

        _store.BeforeRead = () => Task.CompletedTask;
        Assert.Equal(PostStatus.Accepted, (await video.PostAsync(Draft()).InTime()).Status);
    }

    [Fact]
    public async Task A_defect_in_the_store_costs_its_posts_but_not_the_video()
    {
        var video = Video();
        _store.BeforeAppend = () => throw new InvalidOperationException("defect");
        await Assert.ThrowsAsync<InvalidOperationException>(() => video.PostAsync(Draft()).InTime());

        _store.BeforeAppend = () => Task.CompletedTask;
        Assert.Equal(PostStatus.Accepted, (await video.PostAsync(Draft()).InTime()).Status);
    }

    [Fact]
    public async Task Recent_comments_are_read_from_memory_also_while_an_append_hangs()
    {
        var video = Video();
        for (var i = 0; i < 4; i++) await video.PostAsync(Draft($"{i}")).InTime();
        _store.BeforeAppend = () => new TaskCompletionSource().Task;
        _ = video.PostAsync(Draft("hangs"));
        var reads = _store.Reads.Count;

        var page = await video.ReadAsync(CommentId.Max, 2).InTime();

        Assert.Equal(["3", "2"], page.Comments.Select(comment => comment.Message));
        Assert.Equal(page.Comments[1].Id, page.NextCursor);
        Assert.Equal(reads, _store.Reads.Count);
    }

    [Fact]
    public void Pages_neither_skip_nor_repeat_while_comments_arrive() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt Before, PositiveInt Limit, bool[] Arrivals)>(),
            history =>
            {
                var store = new MemoryStore();
                var video = new LiveVideo(Id, store, _options, _time, Metrics());
                for (var i = 0; i < history.Before.Get; i++) Post();
                var expected = store.All(Id).Reverse();

                var read = new List<Comment>();
                var arrivals = new Queue<bool>(history.Arrivals);
                for (CommentId? cursor = CommentId.Max; cursor is { } before;)
                {
                    var page = video.ReadAsync(before, history.Limit.Get).InTime().GetAwaiter().GetResult();
                    read.AddRange(page.Comments);
                    cursor = page.NextCursor;
                    if (arrivals.TryDequeue(out var arrives) && arrives) Post();
                }

                return read.SequenceEqual(expected);

                void Post() => video.PostAsync(Draft()).InTime().GetAwaiter().GetResult();
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task An_observer_that_left_sees_no_more()
    {
        var (video, seen) = await WatchedAsync();
        video.Unsubscribe(seen);
        await video.PostAsync(Draft()).InTime();
        Assert.Empty(seen.Batches);
    }

    private LiveVideo Video() => new(Id, _store, _options, _time, Metrics());

    private static CommentMetrics Metrics() => new(new Meter("test"));

    private async Task<(LiveVideo Video, Observer Seen)> WatchedAsync()
    {
        var (video, observer) = (Video(), new Observer());
        await video.SubscribeAsync(observer).InTime();
        return (video, observer);
    }

    private sealed class Observer : ILiveVideoObserver
    {
        public List<CommentBatch> Batches { get; } = [];

        public IReadOnlyList<Comment> Comments => [.. Batches.SelectMany(batch => batch.Comments)];

        public int OwnerChanges { get; private set; }

        public void OnBatch(CommentBatch batch) => Batches.Add(batch);

        public void OnOwnerChanged() => OwnerChanges++;
    }
}
