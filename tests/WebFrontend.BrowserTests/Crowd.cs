namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Viewers and posters without a browser. Disposing of it sends them home.</summary>
internal sealed class Crowd(CommentsClient client) : IAsyncDisposable
{
    private readonly List<(string Video, HttpResponseMessage Stream)> _viewers = [];
    private readonly List<Task> _talk = [];
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Lets viewers join a video.</summary>
    public async Task JoinAsync(string video, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var stream = await client.OpenStreamAsync(video);
            _viewers.Add((video, stream));
            _talk.Add(stream.Content.CopyToAsync(Stream.Null, _leaving.Token));
        }
    }

    /// <summary>Lets somebody post in each video, the sooner again the more viewers there are.</summary>
    public void Talk() => _talk.AddRange(_viewers.CountBy(viewer => viewer.Video).Select(video => TalkAsync(video.Key, video.Value)));

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        foreach (var (_, stream) in _viewers) stream.Dispose();
        await Task.WhenAll(_talk).ContinueWith(_ => { }, TaskScheduler.Default);
        _leaving.Dispose();
    }

    private async Task TalkAsync(string video, int viewers)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(2_000 / viewers));
        while (await pace.WaitForNextTickAsync(_leaving.Token)) await client.PostAsync(video, $"One of {viewers}");
    }
}
