using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Grains.Tests;

public sealed class LiveVideoGrainTests(TestSilos silos) : IClassFixture<TestSilos>
{
    private readonly string _id = $"video-{Guid.NewGuid():N}";

    private ILiveVideoGrain Video => silos.Cluster.Client.GetGrain<ILiveVideoGrain>(_id);

    [Fact]
    public async Task Comments_posted_together_are_one_append_in_their_order()
    {
        var answers = await Video.PostAsync(new([Draft("1"), Draft("2"), Draft("3")])).InTime();

        Assert.All(answers.Outcomes, outcome => Assert.Equal(PostStatus.Accepted, outcome.Status));
        Assert.Equal(["1", "2", "3"], silos.Store.All(LiveVideoId.Parse(_id)).Select(comment => comment.Message));
        Assert.Contains(3, silos.Store.Appends);
    }

    [Fact]
    public async Task A_repeated_key_gets_the_first_comment()
    {
        var first = await Video.PostAsync(new([Draft("first", "key")])).InTime();
        var second = await Video.PostAsync(new([Draft("first", "key"), Draft("other", "key")])).InTime();

        Assert.Equal([new(PostStatus.Repeated, first.Outcomes[0].Comment), new(PostStatus.KeyReused)], second.Outcomes);
    }

    [Fact]
    public async Task A_subscriber_is_told_of_every_comment_and_of_their_order()
    {
        var (frontend, reference) = Frontend();
        var start = await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();

        for (var i = 0; i < 20; i++) await Video.PostAsync(new([Draft($"{i}")])).InTime();
        await frontend.HasAsync(seen => seen.Comments.Count() == 20).InTime();

        // They may overtake each other on the way; each says which one it follows.
        var batches = frontend.Batches.OrderBy(batch => batch.Follows).ToList();
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"{i}"), batches.SelectMany(batch => batch.Comments).Select(comment => comment.Message));
        Assert.Equal(start.Batch.Follows, batches[0].Follows);
        foreach (var (batch, next) in batches.Zip(batches.Skip(1))) Assert.Equal(batch.Last, next.Follows);
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task A_renewal_brings_what_was_missed()
    {
        var (frontend, reference) = Frontend();
        await Video.PostAsync(new([Draft("before")])).InTime();
        var start = await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();
        await Video.PostAsync(new([Draft("missed 1"), Draft("missed 2")])).InTime();

        var missed = await Video.SubscribeAsync(Guid.NewGuid(), reference, start.Batch.Follows).InTime();

        Assert.Equal(start.Batch.Follows, missed.Batch.Follows);
        Assert.Equal(["missed 1", "missed 2"], missed.Batch.Comments.Select(comment => comment.Message));
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task Removals_are_told_in_order_and_brought_by_a_renewal()
    {
        var (frontend, reference) = Frontend();
        var posted = await Video.PostAsync(new([Draft("first"), Draft("second")])).InTime();
        var start = await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();
        var comment = posted.Outcomes[0].Comment!;

        var answer = await Video.RemoveAsync(RemovalCall.Of(RemovalRequest.OfComment(comment.Id))).InTime();
        await Video.PostAsync(new([Draft("third")])).InTime();
        await frontend.HasAsync(seen => seen.Comments.Any() && seen.Batches.Exists(batch => batch.Removals.Count > 0)).InTime();
        var missed = await Video.SubscribeAsync(Guid.NewGuid(), reference, start.Batch.Follows).InTime();

        var removal = Assert.Single(frontend.Batches.SelectMany(batch => batch.Removals));
        Assert.Equal(new(RemovalStatus.Removed, 1, null, Removal: removal.Id), answer);
        Assert.Equal([comment.Id], removal.Removed.Ids!);
        var batches = frontend.Batches.OrderBy(batch => batch.Follows).ToList();
        Assert.Equal(batches[0].Last, batches[1].Follows);
        Assert.Equal((removal.Id, removal.Id), (Assert.Single(missed.Batch.Removals).Id, missed.LastRemoval));
        Assert.Equal(["third"], missed.Batch.Comments.Select(missing => missing.Message));
        Assert.Equal(["second", "third"], silos.Store.All(LiveVideoId.Parse(_id)).Select(left => left.Message));
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task Settings_are_told_to_frontends_and_come_with_each_renewal()
    {
        var (frontend, reference) = Frontend();
        await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();
        var change = new SettingsChange { SlowSeconds = 5, State = VideoState.ReadOnly };

        var answer = await Video.RemoveAsync(RemovalCall.Of(RemovalRequest.OfSettings(change))).InTime();

        Assert.Equal((RemovalStatus.Removed, 5, VideoState.ReadOnly), (answer.Status, answer.Settings!.SlowSeconds, answer.Settings.State));
        await frontend.HasAsync(seen => seen.Batches.Exists(batch => batch.Settings == answer.Settings)).InTime();
        Assert.Equal(answer.Settings, (await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime()).Batch.Settings);
        Assert.Equal(PostStatus.ReadOnly, (await Video.PostAsync(new([Draft("refused")])).InTime()).Outcomes[0].Status);
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task A_frontend_that_does_not_answer_delays_no_post_and_is_dropped_when_its_queue_is_full()
    {
        var (slow, slowReference) = Frontend();
        var (fast, fastReference) = Frontend();
        var answering = new TaskCompletionSource();
        slow.Answering = answering.Task;
        var subscription = Guid.NewGuid();
        var start = await Video.SubscribeAsync(subscription, slowReference, null).InTime();
        await Video.SubscribeAsync(Guid.NewGuid(), fastReference, null).InTime();

        for (var i = 1; i <= 60; i++)
        {
            await Video.PostAsync(new([Draft($"{i}")])).InTime();
            // So that this one is not dropped as well where the machine is busy.
            var count = i;
            await fast.HasAsync(seen => seen.Comments.Count() == count).InTime();
        }

        answering.SetResult();
        await slow.HasAsync(seen => seen.Moved.Contains(subscription)).InTime();
        var missed = await Video.SubscribeAsync(subscription, slowReference, start.Batch.Follows).InTime();

        Assert.True(slow.Comments.Count() < 60, "The slow frontend was not dropped.");
        Assert.Equal(60, missed.Batch.Comments.Count);
        GC.KeepAlive((slow, fast));
    }

    [Fact]
    public async Task A_frontend_that_fails_is_told_that_its_subscription_ended_and_may_begin_it_anew()
    {
        var (frontend, reference) = Frontend();
        var subscription = Guid.NewGuid();
        await Video.SubscribeAsync(subscription, reference, null).InTime();

        frontend.Answering = Task.FromException(new InvalidOperationException("A defect of the frontend."));
        await Video.PostAsync(new([Draft("lost")])).InTime();
        await frontend.HasAsync(seen => seen.Moved.Contains(subscription)).InTime();
        frontend.Answering = Task.CompletedTask;
        await Video.SubscribeAsync(subscription, reference, null).InTime();
        await Video.PostAsync(new([Draft("told")])).InTime();

        await frontend.HasAsync(seen => seen.Comments.Any(comment => comment.Message == "told")).InTime();
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task An_owner_that_finds_another_leaves_and_its_frontends_are_told_to_subscribe_anew()
    {
        var (frontend, reference) = Frontend();
        var subscription = Guid.NewGuid();
        await Video.PostAsync(new([Draft("first")])).InTime();
        await Video.SubscribeAsync(subscription, reference, null).InTime();

        var id = LiveVideoId.Parse(_id);
        var last = silos.Store.All(id)[^1].Id;
        await silos.Store.AppendAsync(id, last, [new(new(last.Successor, id, "Ada", "by another owner"), null)]);
        CommentId? seen = last;
        var told = frontend.HasAsync(frontend => frontend.Moved.Contains(subscription)).InTime();
        while (!told.IsCompleted)
        {
            // Renewals, as a frontend makes them.
            var batch = (await Video.SubscribeAsync(subscription, reference, seen).InTime()).Batch;
            if (batch.Comments.Count > 0) seen = batch.Comments[^1].Id;
        }

        await told;
        var missed = await Video.SubscribeAsync(Guid.NewGuid(), reference, last).InTime();
        Assert.Equal(["by another owner"], missed.Batch.Comments.Select(comment => comment.Message));
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task A_failing_store_is_told_as_such()
    {
        silos.Store.BeforeRead = () => throw new CommentsUnavailableException("down");
        try
        {
            await Assert.ThrowsAsync<CommentsUnavailableException>(() => Video.ReadBansAsync().InTime());
        }
        finally
        {
            silos.Store.BeforeRead = () => Task.CompletedTask;
        }
    }

    private (TestFrontend Frontend, IFrontendObserver Reference) Frontend()
    {
        var frontend = new TestFrontend();
        return (frontend, silos.Cluster.Client.CreateObjectReference<IFrontendObserver>(frontend));
    }
}
