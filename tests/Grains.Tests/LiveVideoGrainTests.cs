using LiveComments.Grains.Interfaces;
using LiveComments.Testing;
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
        var second = await Video.PostAsync(new([Draft("second", "key")])).InTime();

        Assert.Equal(new(PostStatus.Repeated, first.Outcomes[0].Comment), second.Outcomes[0]);
    }

    [Fact]
    public async Task A_subscriber_is_told_of_every_comment_in_order()
    {
        var (frontend, reference) = Frontend();
        var start = await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();

        for (var i = 0; i < 20; i++) await Video.PostAsync(new([Draft($"{i}")])).InTime();
        await frontend.HasAsync(seen => seen.Comments.Count() == 20).InTime();

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), frontend.Comments.Select(comment => comment.Message));
        Assert.Equal(start.Follows, frontend.News[0].Follows);
        foreach (var (news, next) in frontend.News.Zip(frontend.News.Skip(1))) Assert.Equal(news.Comments[^1].Id, next.Follows);
        GC.KeepAlive(frontend);
    }

    [Fact]
    public async Task A_renewal_brings_what_was_missed()
    {
        var (frontend, reference) = Frontend();
        await Video.PostAsync(new([Draft("before")])).InTime();
        var start = await Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();
        await Video.PostAsync(new([Draft("missed 1"), Draft("missed 2")])).InTime();

        var missed = await Video.SubscribeAsync(Guid.NewGuid(), reference, start.Follows).InTime();

        Assert.Equal(start.Follows, missed.Follows);
        Assert.Equal(["missed 1", "missed 2"], missed.Comments.Select(comment => comment.Message));
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

        for (var i = 0; i < 60; i++) await Video.PostAsync(new([Draft($"{i}")])).InTime();
        await fast.HasAsync(seen => seen.Comments.Count() == 60).InTime();
        answering.SetResult();
        var missed = await Video.SubscribeAsync(subscription, slowReference, start.Follows).InTime();

        Assert.True(slow.Comments.Count() < 60, "The slow frontend was not dropped.");
        Assert.Equal(60, missed.Comments.Length);
        GC.KeepAlive((slow, fast));
    }

    [Fact]
    public async Task A_failing_store_is_told_as_such()
    {
        silos.Store.BeforeRead = () => throw new CommentsUnavailableException("down");
        try
        {
            await Assert.ThrowsAsync<CommentsUnavailableException>(() => Video.ReadAsync(CommentId.Max, 10).InTime());
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
