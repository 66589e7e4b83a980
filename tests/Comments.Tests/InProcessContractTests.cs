using System.Diagnostics.Metrics;

namespace LiveComments.Tests;

/// <summary>The live videos of one process.</summary>
public sealed class InProcessContractTests : LiveVideosContract, IDisposable
{
    private readonly InProcessLiveVideos _videos = new(new MemoryStore(), new(), TimeProvider.System, new(new Meter("test")));

    protected override ILiveVideoReader Videos => _videos;

    public void Dispose() => _videos.Dispose();

    protected override Task<Comment> PostAsync(LiveVideoId video, string message) => PostAsync(_videos, video, message);
}
