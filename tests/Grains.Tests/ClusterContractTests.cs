using System.Diagnostics.Metrics;
using LiveComments.Grains.Client;

namespace LiveComments.Grains.Tests;

/// <summary>The live videos of a cluster, as one frontend sees them.</summary>
public sealed class ClusterContractTests(TestSilos silos) : LiveVideosContract, IClassFixture<TestSilos>, IAsyncLifetime
{
    private readonly FrontendLink _frontend = new(silos.Cluster.Client, TestSilos.Leases, TimeProvider.System);
    private ClusterLiveVideos _videos = null!;

    protected override ILiveVideoReader Videos => _videos;

    public async Task InitializeAsync()
    {
        _videos = new(silos.Cluster.Client, _frontend, new(), TimeProvider.System, new(new Meter("test")));
        await _frontend.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _frontend.StopAsync(CancellationToken.None);
        _frontend.Dispose();
        _videos.Dispose();
    }

    protected override Task<Comment> PostAsync(LiveVideoId video, string message) => PostAsync(_videos, video, message);
}
