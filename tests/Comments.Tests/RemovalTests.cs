using System.Diagnostics.Metrics;
using FsCheck;
using FsCheck.Fluent;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Tests;

/// <summary>How the owner of a video takes comments back.</summary>
public sealed class RemovalTests
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("v");
    private static readonly AuthorId Ada = new(1);
    private static readonly AuthorId Eve = new(2);
    private static readonly AuthorId Address = new(3);

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly Watcher _seen = new();

    [Fact]
    public async Task The_text_is_gone_before_anybody_is_told_and_before_it_is_acknowledged()
    {
        var video = await WatchedAsync();
        var comment = await PostAsync(video, Ada);
        var erase = new TaskCompletionSource();
        _store.BeforeErase = () => erase.Task;

        var removal = video.RemoveAsync(RemovalRequest.OfComment(comment.Id));
        Assert.False(removal.IsCompleted);
        Assert.Empty(_store.Removals(Id));
        var append = new TaskCompletionSource();
        _store.BeforeAppend = () =>
        {
            Assert.Empty(_store.All(Id));
            return append.Task;
        };
        erase.SetResult();
        Assert.False(removal.IsCompleted);
        Assert.Empty(_seen.Removals);
        append.SetResult();

        var outcome = await removal.InTime();
        var entry = Assert.Single(_store.Removals(Id));
        Assert.Equal(new RemovalOutcome(RemovalStatus.Removed, 1, Removal: entry.Id), outcome);
        Assert.Equal([entry], _seen.Removals);
        Assert.Equal([comment.Id], entry.Removed.Ids!);
        Assert.True(entry.Id > comment.Id);
        var page = await video.ReadAsync(CommentId.Max, 10).InTime();
        Assert.Empty(page.Comments);
        Assert.Equal((entry.Id, entry.Id), (page.AsOf, page.LastRemoval));
        Assert.Equal([entry], page.Removals!);
    }

    [Fact]
    public async Task A_comment_is_removed_once_however_often_it_is_asked_for()
    {
        var video = await WatchedAsync();
        var comment = await PostAsync(video, Ada);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => video.RemoveAsync(RemovalRequest.OfComment(comment.Id)))).InTime();
        var again = await video.RemoveAsync(RemovalRequest.OfComment(comment.Id)).InTime();
        var elsewhere = await NewOwner().RemoveAsync(RemovalRequest.OfComment(comment.Id)).InTime();

        Assert.All([.. outcomes, again, elsewhere], outcome => Assert.Equal(RemovalStatus.Removed, outcome.Status));
        Assert.Equal(1, outcomes.Sum(outcome => outcome.Count) + again.Count + elsewhere.Count);
        Assert.Single(_store.Removals(Id));
        Assert.Single(_seen.Removals);
    }

    [Fact]
    public async Task What_is_no_comment_of_the_video_is_not_removed()
    {
        var video = await WatchedAsync();
        var comment = await PostAsync(video, Ada);
        await video.RemoveAsync(RemovalRequest.OfComment(comment.Id)).InTime();

        foreach (var id in (CommentId[])[new(1), comment.Id.Successor, CommentId.Max, _store.Removals(Id)[0].Id])
            Assert.Equal(RemovalStatus.NoSuchComment, (await video.RemoveAsync(RemovalRequest.OfComment(id)).InTime()).Status);
        Assert.Single(_seen.Removals);
    }

    [Fact]
    public async Task An_author_removes_what_the_author_wrote_and_nothing_else()
    {
        var video = await WatchedAsync();
        var (own, others, nobodys) = (await PostAsync(video, Ada), await PostAsync(video, Eve), await PostAsync(video, Address, isAddress: true));

        Assert.Equal(RemovalStatus.Removed, (await video.RemoveAsync(RemovalRequest.OfOwnComment(own.Id, Ada)).InTime()).Status);
        Assert.Equal(RemovalStatus.NotTheAuthor, (await video.RemoveAsync(RemovalRequest.OfOwnComment(others.Id, Ada)).InTime()).Status);
        // An address is no person, even if a person's id were the same.
        Assert.Equal(
            RemovalStatus.NotTheAuthor, (await video.RemoveAsync(RemovalRequest.OfOwnComment(nobodys.Id, Address)).InTime()).Status);
        Assert.Equal([others, nobodys], _store.All(Id));
    }

    [Fact]
    public async Task All_of_a_person_go_with_one_removal_and_those_of_an_address_by_their_ids()
    {
        var video = await WatchedAsync();
        await PostAsync(video, Eve);
        _time.Advance(TimeSpan.FromMinutes(10));
        var since = CommentId.At(_time.GetUtcNow() - TimeSpan.FromMinutes(5));
        for (var i = 0; i < 20; i++)
        {
            await PostAsync(video, Eve);
            await PostAsync(video, Ada);
            await PostAsync(video, Address, isAddress: true);
        }

        var last = video.Last;
        Assert.Equal(20, (await video.RemoveAsync(RemovalRequest.OfAuthor(Eve, since)).InTime()).Count);
        Assert.Equal(20, (await video.RemoveAsync(RemovalRequest.OfAuthor(Address, CommentId.None)).InTime()).Count);
        Assert.Equal(0, (await video.RemoveAsync(RemovalRequest.OfAuthor(Eve, since)).InTime()).Count);

        Assert.Equal(2, _seen.Removals.Count);
        Assert.Equal(new(AuthorId: Eve, From: since, To: last), _seen.Removals[0].Removed);
        Assert.Equal((20, null), (_seen.Removals[1].Removed.Ids?.Count, _seen.Removals[1].Removed.AuthorId));
        Assert.Equal(21, _store.All(Id).Count);

        Assert.Equal(21, (await video.RemoveAsync(RemovalRequest.OfEverybody(CommentId.None)).InTime()).Count);
        Assert.Empty(_store.All(Id));
        Assert.Null(_seen.Removals[2].Removed.AuthorId);
        Assert.Equal(Assert.Single(await Task.WhenAll(PostAsync(video, Eve))), Assert.Single(_store.All(Id)));
    }

    [Fact]
    public async Task More_of_an_address_than_one_append_can_name_go_in_several()
    {
        const int Comments = 16_500;
        await _store.AppendAsync(
            Id, CommentId.None,
            [.. Enumerable.Range(1, Comments).Select(i => new LogEntry(
                new(new(i), Id, "Ada", "Hello") { Identity = AuthorIdentity.OfAddress(Address) }, null))]);
        var video = await WatchedAsync();
        _store.Appends.Clear();

        Assert.Equal(Comments, (await video.RemoveAsync(RemovalRequest.OfAuthor(Address, CommentId.None)).InTime()).Count);

        Assert.Empty(_store.All(Id));
        Assert.Equal([16, 1], _store.Appends);
        Assert.Equal(Enumerable.Range(1, Comments), _seen.Removals.SelectMany(removal => removal.Removed.Ids!).Select(id => (int)id.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_failed_half_way_is_finished_by_the_next_append(bool all)
    {
        var video = await WatchedAsync();
        var comment = await PostAsync(video, Ada);
        var request = all ? RemovalRequest.OfAuthor(Ada, CommentId.None) : RemovalRequest.OfComment(comment.Id);
        await FailHalfWayAsync(video, request);

        // The id that the removal was to have may be somebody's comment now.
        var next = await PostAsync(video, Eve);
        Assert.Equal(RemovalStatus.Removed, (await video.RemoveAsync(request).InTime()).Status);
        Assert.Equal(RemovalStatus.Removed, (await video.RemoveAsync(request).InTime()).Status);

        Assert.True(Assert.Single(_seen.Removals).Removed.Include(comment));
        Assert.Equal([next], _store.All(Id));
    }

    [Fact]
    public async Task One_that_failed_half_way_is_finished_by_the_next_owner_as_soon_as_somebody_watches()
    {
        var first = NewOwner();
        var comments = new[] { await PostAsync(first, Ada), await PostAsync(first, Ada), await PostAsync(first, Ada) };
        // Not all that it takes back was erased.
        var erased = 0;
        _store.BeforeErase = () => ++erased == 1 ? Task.CompletedTask : Task.FromException(new CommentsUnavailableException("killed"));
        Assert.Equal(
            RemovalStatus.Removed, (await first.RemoveAsync(RemovalRequest.OfComment(comments[1].Id)).InTime()).Status);
        Assert.Equal(
            RemovalStatus.Unavailable, (await first.RemoveAsync(RemovalRequest.OfAuthor(Ada, CommentId.None)).InTime()).Status);
        Assert.Equal(2, _store.All(Id).Count);
        _store.BeforeErase = () => Task.CompletedTask;

        await WatchedAsync();

        await _seen.HasRemovalAsync().InTime();
        var removal = Assert.Single(_seen.Removals);
        Assert.All(comments, comment => Assert.True(removal.Removed.Include(comment)));
        Assert.Empty(_store.All(Id));
        Assert.Equal(2, _store.Removals(Id).Count);
    }

    [Fact]
    public async Task One_that_failed_half_way_is_finished_whatever_is_asked_for_next()
    {
        var video = await WatchedAsync();
        var (early, late, other) = (await PostAsync(video, Ada), await PostAsync(video, Ada), await PostAsync(video, Eve));
        await FailHalfWayAsync(video, RemovalRequest.OfAuthor(Ada, CommentId.None));

        // Of what is erased already, only one; and since a time that is later than the first.
        var again = await NewOwner().RemoveAsync(RemovalRequest.OfComment(late.Id)).InTime();
        Assert.Equal((RemovalStatus.Removed, 0), (again.Status, again.Count));
        Assert.Equal(new RemovalOutcome(RemovalStatus.Removed), await video.RemoveAsync(RemovalRequest.OfAuthor(Ada, late.Id)).InTime());

        var removal = Assert.Single(_store.Removals(Id));
        Assert.True(removal.Removed.Include(early) && removal.Removed.Include(late));
        Assert.Equal([other], _store.All(Id));
        // It was finished by the other one: this one has told its observers to catch up.
        Assert.Equal([removal], (await video.ReadAsync(CommentId.Max, 10).InTime()).Removals!);
    }

    [Fact]
    public async Task More_of_an_address_than_one_removal_can_name_is_finished_as_a_whole()
    {
        const int Comments = 2_500;
        await _store.AppendAsync(
            Id, CommentId.None,
            [.. Enumerable.Range(1, Comments).Select(i => new LogEntry(
                new(new(i), Id, "Ada", "Hello") { Identity = AuthorIdentity.OfAddress(Address) }, null))]);
        var video = await WatchedAsync();
        await FailHalfWayAsync(video, RemovalRequest.OfAuthor(Address, CommentId.None));

        await NewOwner().SubscribeAsync(_seen).InTime();

        await _seen.HasRemovalAsync().InTime();
        Assert.Equal(3, _seen.Removals.Count);
        Assert.Equal(Enumerable.Range(1, Comments), _seen.Removals.SelectMany(removal => removal.Removed.Ids!).Select(id => (int)id.Value));
    }

    [Fact]
    public async Task What_another_owner_has_begun_is_not_begun_beside_it()
    {
        var video = await WatchedAsync();
        var comment = await PostAsync(video, Ada);
        var other = NewOwner();
        await other.SubscribeAsync(new Watcher()).InTime();
        await FailHalfWayAsync(other, RemovalRequest.OfComment(comment.Id));

        // This one was loaded before that was begun.
        var outcome = await video.RemoveAsync(RemovalRequest.OfComment(comment.Id)).InTime();

        Assert.Equal([comment.Id], Assert.Single(_seen.Removals).Removed.Ids!);
        Assert.Equal(new RemovalOutcome(RemovalStatus.Removed, Removal: Assert.Single(_store.Removals(Id)).Id), outcome);
    }

    [Fact]
    public async Task An_owner_that_was_overtaken_removes_from_the_log_as_it_is()
    {
        var video = await WatchedAsync();
        var first = await PostAsync(video, Ada);
        var other = NewOwner();
        var second = await PostAsync(other, Ada);

        Assert.Equal(1, (await video.RemoveAsync(RemovalRequest.OfComment(second.Id)).InTime()).Count);
        Assert.Equal(1, (await other.RemoveAsync(RemovalRequest.OfAuthor(Ada, CommentId.None)).InTime()).Count);

        Assert.Empty(_store.All(Id));
        Assert.Equal(2, _store.Removals(Id).Count);
        Assert.True(_store.Removals(Id)[1].Removed.Include(first));
        var third = await PostAsync(video, Ada);
        Assert.Equal([third], (await video.ReadAsync(CommentId.Max, 10).InTime()).Comments);
    }

    [Fact]
    public async Task A_post_that_is_repeated_after_its_removal_is_not_published_again()
    {
        var video = await WatchedAsync();
        var draft = Draft("Hello", "key");
        var comment = (await video.PostAsync(draft).InTime()).Comment!;
        await video.RemoveAsync(RemovalRequest.OfComment(comment.Id)).InTime();

        Assert.Equal(PostStatus.KeyReused, (await video.PostAsync(draft).InTime()).Status);
        Assert.Equal(PostStatus.KeyReused, (await NewOwner().PostAsync(draft).InTime()).Status);
        Assert.Empty(_store.All(Id));
    }

    [Fact]
    public void What_pages_and_observers_have_at_the_end_is_what_a_simple_model_has() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Kind, NonNegativeInt Which)[]>(),
            history =>
            {
                var store = new MemoryStore();
                var seen = new Watcher();
                var model = new List<Comment>();
                LiveVideo video = null!;
                Change();
                foreach (var (kind, which) in history)
                {
                    switch (kind.Get % 6)
                    {
                        case 0 or 1 or 2:
                            model.Add(Wait(PostAsync(video, new(which.Get % 3))));
                            break;
                        case 3 when model.Count > 0:
                            var victim = model[which.Get % model.Count];
                            Assert.Equal(1, Wait(video.RemoveAsync(RemovalRequest.OfComment(victim.Id))).Count);
                            model.Remove(victim);
                            break;
                        case 4:
                            var author = new AuthorId(which.Get % 3);
                            Assert.Equal(
                                model.RemoveAll(comment => comment.AuthorId == author),
                                Wait(video.RemoveAsync(RemovalRequest.OfAuthor(author, CommentId.None))).Count);
                            break;
                        case 5:
                            Change();
                            break;
                    }
                }

                Assert.Equal(model, store.All(Id));
                Assert.Equal(model, seen.Shown);
                var read = new List<Comment>();
                for (CommentId? cursor = CommentId.Max; cursor is { } before;)
                {
                    var page = Wait(video.ReadAsync(before, 3));
                    read.AddRange(page.Comments);
                    cursor = page.NextCursor;
                }

                read.Reverse();
                Assert.Equal(model, read);
                return true;

                void Change()
                {
                    video = new(Id, store, new() { RecentComments = 4 }, _time, Metrics());
                    Wait(video.SubscribeAsync(seen));
                }
            }).QuickCheckThrowOnFailure();

    private LiveVideo NewOwner() => new(Id, _store, new() { RecentComments = 4 }, _time, Metrics());

    private async Task<LiveVideo> WatchedAsync()
    {
        var video = NewOwner();
        await video.SubscribeAsync(_seen).InTime();
        return video;
    }

    /// <summary>Lets a removal erase what it takes back, and fail then.</summary>
    private async Task FailHalfWayAsync(LiveVideo video, RemovalRequest request)
    {
        var before = _store.Removals(Id).Count;
        _store.BeforeAppend = () => Task.FromException(new CommentsUnavailableException("down"));
        Assert.Equal(RemovalStatus.Unavailable, (await video.RemoveAsync(request).InTime()).Status);
        Assert.Equal(before, _store.Removals(Id).Count);
        _store.BeforeAppend = () => Task.CompletedTask;
    }

    private static async Task<Comment> PostAsync(LiveVideo video, AuthorId author, bool isAddress = false)
    {
        var identity = isAddress ? AuthorIdentity.OfAddress(author) : new(author, AuthorRole.Viewer, Verified: false);
        Assert.True(CommentDraft.TryCreate("Somebody", "Hello", null, identity, out var draft, out _));
        return (await video.PostAsync(draft).InTime()).Comment!;
    }

    private static T Wait<T>(Task<T> task) => task.InTime().GetAwaiter().GetResult();

    private static CommentMetrics Metrics() => new(new Meter("test"));

    private sealed class Watcher : ILiveVideoObserver
    {
        private readonly TaskCompletionSource _removed = new();

        public Task HasRemovalAsync() => _removed.Task;

        public List<Removal> Removals { get; } = [];

        public List<Comment> Shown { get; } = [];

        public void OnBatch(CommentBatch batch)
        {
            Shown.AddRange(batch.Comments);
            Removals.AddRange(batch.Removals);
            foreach (var removal in batch.Removals) Shown.RemoveAll(removal.Removed.Include);
            if (batch.Removals.Count > 0) _removed.TrySetResult();
        }
    }
}
