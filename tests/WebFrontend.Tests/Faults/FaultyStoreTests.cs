using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveComments.WebFrontend.Tests.Faults;

/// <summary>The frontend over a real socket, on a store that fails or hangs when told to.</summary>
public sealed class FaultyStoreTests : IAsyncLifetime
{
    private const int MaxWaiting = 4;

    private readonly MemoryStore _store = new();
    private readonly string _video = CommentsClient.NewVideo();
    private WebApplication _app = null!;
    private CommentsClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls", "http://127.0.0.1:0", .. ContractTarget.Settings],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddLiveComments();
        builder.Services.AddSingleton<ICommentStore>(_store);
        builder.Services.AddSingleton(new LiveVideoOptions { MaxWaitingPostsPerVideo = MaxWaiting });
        builder.Services.AddSingleton<ILiveVideos, InProcessLiveVideos>();
        _app = builder.Build();
        _app.MapLiveComments();
        await _app.StartAsync();
        _client = new(new(new Uri(_app.Urls.Single())));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_error_of_the_disk_refuses_posts_and_is_over_when_it_is()
    {
        using var viewer = await _client.WatchAsync(_video);
        var before = await _client.PostAsync(_video, "before");

        _store.BeforeAppend = () => throw new CommentsUnavailableException("disk I/O error", new IOException());
        for (var i = 0; i < 3; i++)
            using (var refused = await _client.SendAsync(_video, CommentsClient.Body("Ada", "refused")))
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal([before], await _client.HistoryAsync(_video));

        _store.BeforeAppend = () => Task.CompletedTask;
        var after = await _client.PostAsync(_video, "after");
        Assert.Equal([before, after], await viewer.TakeAsync(2));
    }

    [Fact]
    public async Task A_disk_that_hangs_holds_up_posts_alone_and_more_than_may_wait_are_refused()
    {
        using var viewer = await _client.WatchAsync(_video);
        var before = await _client.PostAsync(_video, "before");

        var (begun, free) = (Signal(), Signal());
        _store.BeforeAppend = () =>
        {
            begun.TrySetResult();
            return free.Task;
        };
        // One append that hangs, and as many posts as may wait behind it. Nobody can tell from here which posts those are: the one that
        // finds no place is answered, the others are not.
        var first = _client.PostAsync(_video, "first");
        await begun.Task.WaitAsync(Patience.Limit);
        var posts = Enumerable.Range(0, MaxWaiting + 1).Select(i => _client.SendAsync(_video, CommentsClient.Body("Ada", $"waits {i}"))).ToList();
        var refused = await Task.WhenAny(posts);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await refused).StatusCode);
        Assert.Equal([before], await _client.HistoryAsync(_video));
        using (var late = await _client.WatchAsync(_video)) Assert.Equal(before, await late.NextCommentAsync());

        free.SetResult();
        posts.Remove(refused);
        await first;
        foreach (var answer in await Task.WhenAll(posts)) Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(await _client.HistoryAsync(_video), await viewer.TakeAsync(2 + MaxWaiting));
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
