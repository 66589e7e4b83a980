using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LiveComments.Tests;

/// <summary>How people are erased on all videos, by processes of which any may end.</summary>
public sealed class ErasureTests : IDisposable
{
    private static readonly AuthorId Eve = new(2);

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly InProcessLiveVideos _videos;

    public ErasureTests() => _videos = new(_store, new(), _time, new(new Meter("test")));

    public void Dispose() => _videos.Dispose();

    [Fact]
    public async Task What_an_author_wrote_before_leaves_all_videos()
    {
        var comments = await PostAsync(Eve, 10);
        await PostAsync(new(3), 10);
        using var erasures = NewProcess(_videos);
        Assert.Null(await erasures.FindAsync(Eve).InTime());

        var asked = await erasures.AskAsync(Eve).InTime();
        var done = await DoneAsync(erasures);

        Assert.Null(asked.Ended);
        Assert.Equal(asked with { Removed = 10, Videos = 10, VideosDone = 10, Ended = done.Ended }, done);
        foreach (var comment in comments)
        {
            Assert.Equal(new(3), Assert.Single(_store.All(comment.LiveVideoId)).AuthorId);
            Assert.True(Assert.Single(_store.Removals(comment.LiveVideoId)).Removed.Include(comment));
        }
    }

    [Fact]
    public async Task It_is_asked_for_once_while_it_runs_and_begins_anew_later()
    {
        await PostAsync(Eve, 1);
        var owners = new Owners(_videos) { Answers = _ => RemovalStatus.Unavailable };
        using var here = NewProcess(owners);
        using var there = NewProcess(owners);
        var first = await here.AskAsync(Eve).InTime();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(first.Asked, (await there.AskAsync(Eve).InTime()).Asked);
        Assert.Equal(first.Asked, (await here.AskAsync(Eve).InTime()).Asked);
        owners.Answers = _ => null;
        Assert.Equal(1, (await DoneAsync(there)).Removed);

        await PostAsync(Eve, 2);
        var second = await there.AskAsync(Eve).InTime();
        Assert.True(second.Asked > first.Asked);
        var done = await DoneAsync(here);
        Assert.Equal((second.Asked, 2L), (done.Asked, done.Removed));
    }

    [Fact]
    public async Task A_video_whose_owner_is_unavailable_is_tried_again_and_in_no_others_way()
    {
        var comments = await PostAsync(Eve, 20);
        var owners = new Owners(_videos);
        owners.Answers = video => video == comments[0].LiveVideoId && owners.Calls.Count(call => call == video) <= 3
            ? RemovalStatus.Unavailable
            : null;
        using var erasures = NewProcess(owners);
        await erasures.AskAsync(Eve).InTime();

        var done = await DoneAsync(erasures);

        Assert.Equal((20L, 20), (done.Removed, done.VideosDone));
        Assert.Equal(4, owners.Calls.Count(call => call == comments[0].LiveVideoId));
        Assert.Equal(23, owners.Calls.Count);
        Assert.All(comments, comment => Assert.Empty(_store.All(comment.LiveVideoId)));
    }

    [Fact]
    public async Task A_job_of_which_nothing_is_heard_is_taken_over_after_15_seconds()
    {
        var comments = await PostAsync(Eve, 10);
        var stuck = new Owners(_videos) { Answers = _ => RemovalStatus.Unavailable };
        var ended = NewProcess(stuck);
        await ended.AskAsync(Eve).InTime();
        ended.Dispose();
        var owners = new Owners(_videos);
        using var other = NewProcess(owners);

        await PassAsync(other, seconds: 14);

        Assert.Empty(owners.Calls);
        var done = await DoneAsync(other);
        Assert.Equal((10L, 10), (done.Removed, done.VideosDone));
        Assert.All(comments, comment => Assert.Empty(_store.All(comment.LiveVideoId)));
    }

    [Fact]
    public async Task A_process_that_has_just_started_takes_an_old_job_at_once()
    {
        await PostAsync(Eve, 1);
        var ended = NewProcess(new Owners(_videos) { Answers = _ => RemovalStatus.Unavailable });
        await ended.AskAsync(Eve).InTime();
        ended.Dispose();
        _time.Advance(TimeSpan.FromSeconds(15));

        using var started = NewProcess(_videos);

        // Without the clock.
        await Patience.UntilAsync(async () => (await started.FindAsync(Eve))!.Ended is not null);
    }

    [Fact]
    public async Task A_process_that_works_on_a_job_says_so_and_keeps_it()
    {
        await PostAsync(Eve, 5);
        var slow = new Owners(_videos) { Answers = _ => RemovalStatus.Unavailable };
        using var working = NewProcess(slow);
        await working.AskAsync(Eve).InTime();
        var other = new Owners(_videos);
        using var watching = NewProcess(other);

        var log = new ErasureLog(_store, _time);
        await log.LoadAsync().InTime();
        for (var news = 0; news < 10 || log.Find(Eve)!.Erasure.Videos is null; news++)
        {
            var before = log.Find(Eve)!.News;
            _time.Advance(TimeSpan.FromSeconds(5));
            await Patience.UntilAsync(async () =>
            {
                await log.LoadAsync();
                return log.Find(Eve)!.News > before;
            });
        }

        Assert.Empty(other.Calls);
        Assert.True(log.Find(Eve)!.Erasure is { Videos: 5, VideosDone: 0 });
        slow.Answers = _ => null;
        Assert.Equal(5, (await DoneAsync(watching)).Removed);
    }

    [Fact]
    public async Task A_process_that_was_thought_dead_leaves_the_job_to_the_one_that_took_it()
    {
        await PostAsync(Eve, 3);
        var owners = new Owners(_videos) { Answers = _ => RemovalStatus.Unavailable };
        var released = owners.HoldUp();
        using var cutOff = NewProcess(owners);
        await cutOff.AskAsync(Eve).InTime();
        await Patience.UntilAsync(() => Task.FromResult(owners.Calls.Count == 3));
        var (log, other) = (new ErasureLog(_store, _time), Guid.NewGuid());
        await log.LoadAsync().InTime();
        Assert.True(await log.TakeAsync(log.Find(Eve)!, other).InTime());
        await PassAsync(cutOff, seconds: 2);
        released.SetResult();
        await PassAsync(cutOff, seconds: 10);

        // It tries none of them again, and does not say that it is done.
        Assert.Equal(3, owners.Calls.Count);
        var job = log.Find(Eve)!;
        Assert.Null((await cutOff.FindAsync(Eve).InTime())!.Ended);
        Assert.True(await log.TellAsync(job, job.Erasure with { Removed = 3 }, done: true).InTime());
        Assert.True(await cutOff.FindAsync(Eve).InTime() is { Removed: 3, Ended: not null });
    }

    [Fact]
    public async Task A_process_removes_on_four_videos_at_once_however_many_are_to_be_erased()
    {
        await PostAsync(Eve, 40);
        for (var author = 3; author < 10; author++) await PostAsync(new(author), 40);
        var owners = new Owners(_videos);
        using var erasures = NewProcess(owners);
        for (var author = 2; author < 10; author++) await erasures.AskAsync(new(author)).InTime();

        for (var author = 2; author < 10; author++) Assert.Equal(40, (await DoneAsync(erasures, new(author))).Removed);

        Assert.Equal(320, owners.Calls.Count);
        Assert.InRange(owners.MostAtOnce, 1, ErasureRun.VideosAtOnce);
    }

    [Fact]
    public async Task A_removal_that_was_begun_is_finished()
    {
        var comment = Assert.Single(await PostAsync(Eve, 1));
        _store.BeforeAppend = () => Task.FromException(new CommentsUnavailableException("down"));
        var removal = await _videos.RemoveAsync(comment.LiveVideoId, RemovalRequest.OfComment(comment.Id)).InTime();
        Assert.Equal(RemovalStatus.Unavailable, removal.Status);
        Assert.Empty(_store.Removals(comment.LiveVideoId));
        _store.BeforeAppend = () => Task.CompletedTask;
        using var erasures = NewProcess(_videos);
        await erasures.AskAsync(Eve).InTime();
        await DoneAsync(erasures);

        Assert.True(Assert.Single(_store.Removals(comment.LiveVideoId)).Removed.Include(comment));
    }

    [Fact]
    public async Task A_store_that_fails_is_tried_again_and_one_that_did_not_take_the_request_says_so()
    {
        await PostAsync(Eve, 3);
        using var erasures = NewProcess(_videos);
        await erasures.FindAsync(Eve).InTime();
        _store.BeforeOtherAppend = () => Task.FromException(new CommentsUnavailableException("The disk is full."));
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => erasures.AskAsync(Eve).InTime());
        Assert.Null(await erasures.FindAsync(Eve).InTime());

        _store.BeforeOtherAppend = () => Task.CompletedTask;
        var reads = 0;
        await erasures.AskAsync(Eve).InTime();
        _store.BeforeRead = () => Interlocked.Increment(ref reads) % 2 == 0
            ? Task.FromException(new CommentsUnavailableException("The disk is away."))
            : Task.CompletedTask;
        await UntilAsync(() => Task.FromResult(reads > 20));
        _store.BeforeRead = () => Task.CompletedTask;
        Assert.Equal(3, (await DoneAsync(erasures)).Removed);
    }

    [Fact]
    public async Task Somebody_without_a_token_is_erased_by_the_id_of_the_address()
    {
        var address = AuthorIdentity.OfAddress(new(7));
        Assert.True(CommentDraft.TryCreate("Somebody", "Hello", null, address, out var draft, out _));
        var video = LiveVideoId.Parse("v");
        var comment = (await _videos.PostAsync(video, draft).InTime()).Comment!;
        using var erasures = NewProcess(_videos);
        await erasures.AskAsync(address.Id).InTime();

        Assert.Equal(1, (await DoneAsync(erasures, address.Id)).Removed);
        Assert.Equal([comment.Id], Assert.Single(_store.Removals(video)).Removed.Ids!);
    }

    private SiteErasures NewProcess(ILiveVideos videos) => new(_store, videos, _time);

    /// <summary>Posts a comment of an author to so many videos.</summary>
    private async Task<IReadOnlyList<Comment>> PostAsync(AuthorId author, int videos)
    {
        var comments = new List<Comment>();
        for (var i = 0; i < videos; i++)
        {
            var outcome = await _videos.PostAsync(LiveVideoId.Parse($"v{i}"), Drafts.Draft(person: author, author: $"author-{author}"[..9])).InTime();
            comments.Add(outcome.Comment!);
        }

        return comments;
    }

    /// <summary>Lets time pass, and a process look each second.</summary>
    private async Task PassAsync(SiteErasures process, int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            // After the look that has begun.
            Assert.Null((await process.FindAsync(Eve).InTime())!.Ended);
        }
    }

    private async Task<Erasure> DoneAsync(SiteErasures erasures, AuthorId? author = null)
    {
        Erasure? found = null;
        await UntilAsync(async () => (found = await erasures.FindAsync(author ?? Eve).InTime())?.Ended is not null);
        return found!;
    }

    /// <summary>Lets time pass until it is so.</summary>
    private Task UntilAsync(Func<Task<bool>> isSo) => Patience.UntilAsync(async () =>
    {
        if (await isSo()) return true;
        _time.Advance(TimeSpan.FromSeconds(1));
        return false;
    });

    /// <summary>Owners of videos, in this process, that refuse where a test says so.</summary>
    private sealed class Owners(ILiveVideos videos) : ILiveVideos
    {
        private Task _released = Task.CompletedTask;
        private int _atOnce;

        /// <summary>How a removal is refused; null = it is not.</summary>
        public Func<LiveVideoId, RemovalStatus?> Answers { get; set; } = _ => null;

        /// <summary>The videos of all removals.</summary>
        public ConcurrentQueue<LiveVideoId> Calls { get; } = [];

        /// <summary>The most removals that were under way at once.</summary>
        public int MostAtOnce { get; private set; }

        /// <summary>Holds up all removals until the result is set.</summary>
        public TaskCompletionSource HoldUp()
        {
            var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _released = released.Task;
            return released;
        }

        public async Task<RemovalOutcome> RemoveAsync(LiveVideoId liveVideoId, RemovalRequest request)
        {
            Calls.Enqueue(liveVideoId);
            lock (Calls) MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            await Task.Yield();
            await _released;
            var outcome = Answers(liveVideoId) is { } refusal ? new(refusal) : await videos.RemoveAsync(liveVideoId, request);
            lock (Calls) _atOnce--;
            return outcome;
        }

        public Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft) => videos.PostAsync(liveVideoId, draft);

        public Task<IReadOnlyList<Ban>> ReadBansAsync(LiveVideoId liveVideoId) => videos.ReadBansAsync(liveVideoId);

        public Task<VideoSettings> ReadSettingsAsync(LiveVideoId liveVideoId) => videos.ReadSettingsAsync(liveVideoId);

        public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => videos.FindAsync(liveVideoId, id);

        public Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
            videos.ReadAsync(liveVideoId, before, limit);

        public Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer) =>
            videos.SubscribeAsync(liveVideoId, observer);
    }
}
