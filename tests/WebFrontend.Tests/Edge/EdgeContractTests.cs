using System.Diagnostics.Metrics;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.WebFrontend.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>The live videos of an upstream, as an edge sees them. An edge owns none: what is posted goes to the upstream.</summary>
public sealed class EdgeContractTests : LiveVideosContract, IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private ServerProcess _server = null!;
    private CommentsClient _client = null!;
    private UpstreamClient _upstream = null!;
    private EdgeLiveVideos _videos = null!;

    protected override ILiveVideoReader Videos => _videos;

    public async Task InitializeAsync()
    {
        _server = await _database.ServeAsync(ContractTarget.Settings);
        _client = new(new(_server.Address));
        var options = new UpstreamOptions { Address = _server.Address };
        _upstream = new(options, new HttpContextAccessor());
        var trouble = new UpstreamLog(TimeProvider.System, NullLogger<UpstreamLog>.Instance);
        _videos = new(_upstream, options, TimeProvider.System, new(1), new(new Meter("test")), trouble);
    }

    public async Task DisposeAsync()
    {
        _upstream.Dispose();
        _client.Dispose();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    protected override async Task<Comment> PostAsync(LiveVideoId video, string message)
    {
        var posted = await _client.PostAsync($"{video}", message);
        // What the edge does with every post that it passes on, before it answers.
        await _videos.ReachAsync(video, new(posted.Number));
        return new(new(posted.Number), video, posted.Author, posted.Message);
    }
}
