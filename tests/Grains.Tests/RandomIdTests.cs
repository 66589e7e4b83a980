using System.Diagnostics.Metrics;
using LiveComments.Grains.Client;

namespace LiveComments.Grains.Tests;

/// <summary>Whoever asks for ids at random makes no owners, whether the process that is asked has a store or not.</summary>
public sealed class RandomIdTests(TestSilos silos) : IClassFixture<TestSilos>, IAsyncLifetime
{
    private readonly FrontendLink _link = new(silos.Cluster.Client, TestSilos.Leases, TimeProvider.System);
    private readonly LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    public Task InitializeAsync() => _link.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _link.StopAsync(CancellationToken.None);
        _link.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_makes_no_owner(bool withStore)
    {
        using var videos = Videos(withStore);

        var page = await videos.ReadAsync(_video, CommentId.Max, 10).InTime();

        Assert.Empty(page.Comments);
        Assert.DoesNotContain($"{_video}", await OwnersAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_has_what_was_acknowledged_at_another_frontend(bool withStore)
    {
        using var other = Videos(withStore: false);
        using var videos = Videos(withStore);
        for (var i = 0; i < 20; i++)
        {
            var posted = (await other.PostAsync(_video, Drafts.Draft($"{i}")).InTime()).Comment!;

            var page = await videos.ReadAsync(_video, CommentId.Max, 1).InTime();

            Assert.Equal([posted], page.Comments);
        }

        Assert.Contains($"{_video}", await OwnersAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_that_are_read_make_no_owner_and_are_those_that_were_acknowledged_at_another_frontend(bool withStore)
    {
        using var other = Videos(withStore: false);
        using var videos = Videos(withStore);

        Assert.Equal(VideoSettings.Default, await videos.ReadSettingsAsync(_video).InTime());
        Assert.DoesNotContain($"{_video}", await OwnersAsync());

        var change = RemovalRequest.OfSettings(new() { SlowSeconds = 5, State = VideoState.ReadOnly });
        var changed = await other.RemoveAsync(_video, change).InTime();
        Assert.Equal(5, changed.Settings!.SlowSeconds);
        Assert.Equal(changed.Settings, await videos.ReadSettingsAsync(_video).InTime());
    }

    [Fact]
    public async Task A_page_of_a_watched_video_comes_from_the_log_too()
    {
        using var videos = Videos(withStore: false);
        var seen = new SeenComments();
        await using var subscription = await videos.SubscribeAsync(_video, seen).InTime();
        var posted = (await videos.PostAsync(_video, Drafts.Draft()).InTime()).Comment!;
        var reads = silos.Store.Reads.Count;

        var page = await videos.ReadAsync(_video, CommentId.Max, 10).InTime();

        Assert.Equal([posted], page.Comments);
        // Owners may read beside it: this one, and those of other tests.
        Assert.Contains(_video, silos.Store.Reads.Skip(reads));
    }

    [Fact]
    public async Task The_owner_of_a_video_without_comments_leaves_with_its_last_viewer()
    {
        using var videos = Videos(withStore: false);
        var subscription = await videos.SubscribeAsync(_video, new SeenComments()).InTime();
        Assert.Contains($"{_video}", await OwnersAsync());

        await subscription.DisposeAsync().AsTask().InTime();

        using var patience = new CancellationTokenSource(Patience.Limit);
        while ((await OwnersAsync()).Contains($"{_video}")) patience.Token.ThrowIfCancellationRequested();
    }

    private ClusterLiveVideos Videos(bool withStore) => new(
        silos.Cluster.Client, _link, new(), TimeProvider.System, new(new Meter("test")), withStore ? silos.Store : null);

    /// <summary>The videos that have an owner in the cluster.</summary>
    private async Task<List<string>> OwnersAsync()
    {
        var grains = await silos.Cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics().InTime();
        return [.. grains.Select(grain => $"{grain.GrainId.Key}")];
    }
}
