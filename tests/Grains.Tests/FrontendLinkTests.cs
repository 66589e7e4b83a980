using System.Diagnostics.Metrics;
using LiveComments.Grains.Client;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Grains.Tests;

/// <summary>How the batches of many videos come to one frontend.</summary>
public sealed class FrontendLinkTests : IClassFixture<TestSilos>, IDisposable
{
    private readonly TestSilos _silos;
    // It is not started: renewals would bring what batches do not.
    private readonly FrontendLink _link;
    private readonly ClusterLiveVideos _videos;

    public FrontendLinkTests(TestSilos silos)
    {
        _silos = silos;
        _link = new(silos.Cluster.Client, TestSilos.Leases, TimeProvider.System);
        _videos = new(silos.Cluster.Client, _link, new(), TimeProvider.System, new(new Meter("test")));
    }

    public void Dispose()
    {
        _link.Dispose();
        _videos.Dispose();
    }

    [Fact]
    public async Task A_video_whose_viewers_take_long_does_not_hold_up_all_others()
    {
        using var slow = new Slow();
        var slowVideo = LiveVideoId.Parse($"slow-{Guid.NewGuid():N}");
        await _videos.SubscribeAsync(slowVideo, slow).InTime();
        // Some of them share its observer, and wait; not all.
        var others = Enumerable.Range(0, 64).Select(i => LiveVideoId.Parse($"other-{i}-{Guid.NewGuid():N}")).ToList();
        var seen = others.ConvertAll(_ => new SeenComments());
        foreach (var (other, observer) in others.Zip(seen)) await _videos.SubscribeAsync(other, observer).InTime();

        await _videos.PostAsync(slowVideo, Draft("holds up")).InTime();
        await slow.Reached.InTime();
        var posted = new List<Task<IReadOnlyList<long>>>();
        foreach (var (other, observer) in others.Zip(seen))
        {
            var comment = (await _videos.PostAsync(other, Draft("goes on")).InTime()).Comment!;
            posted.Add(observer.ThroughAsync(comment.Id.Value));
        }

        await await Task.WhenAny(posted);
        slow.Release();
        await Task.WhenAll(posted);
    }

    [Fact]
    public async Task What_a_frontend_has_missed_comes_from_the_owner_who_says_where_the_log_ends_if_it_is_much()
    {
        var video = LiveVideoId.Parse($"missed-{Guid.NewGuid():N}");
        var subscription = await _videos.SubscribeAsync(video, new SeenComments()).InTime();
        for (var i = 0; i < 5; i++) await _videos.PostAsync(video, Draft($"{i}")).InTime();
        var log = _silos.Store.All(video);

        var few = await subscription.ReadAfterAsync(log[1].Id).InTime();
        for (var i = 0; i < 4; i++) await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _videos.PostAsync(video, Draft("more"))));
        var many = await subscription.ReadAfterAsync(log[1].Id).InTime();

        Assert.Equal((log[1].Id, 3), (few!.Follows, few.Comments.Count));
        Assert.Equal((_silos.Store.All(video)[^1].Id, 0), (many!.Follows, many.Comments.Count));
    }

    /// <summary>Takes the first batch until it is released.</summary>
    private sealed class Slow : ILiveVideoObserver, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Release() => _released.Set();

        public void OnBatch(CommentBatch batch)
        {
            _reached.TrySetResult();
            _released.Wait();
        }

        public void Dispose()
        {
            _released.Set();
            _released.Dispose();
        }
    }
}
