using System.Collections.Concurrent;

namespace LiveComments.WebFrontend.Held;

/// <summary>
/// Erases held comments that have expired: each minute, on the videos for which this node has held some. After a restart it does not know
/// of earlier ones: those go when a moderator looks.
/// </summary>
internal sealed partial class HeldExpiry(
    HoldQueue queue, ModerationOptions options, TimeProvider time, ILogger<HeldExpiry> log) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    // More videos are not remembered.
    private const int MostVideos = 10_000;

    private readonly ConcurrentDictionary<LiveVideoId, DateTimeOffset> _lastHeld = [];
    private readonly PeriodicTimer _timer = new(LookEvery, time);
    private int _isRunning;

    /// <summary>Takes note that a comment is held.</summary>
    public void Held(LiveVideoId video)
    {
        if (_lastHeld.Count < MostVideos || _lastHeld.ContainsKey(video)) _lastHeld[video] = time.GetUtcNow();
        if (Interlocked.Exchange(ref _isRunning, 1) != 0) return;
        // Not in the context of who was the first to post one.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(RunAsync);
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _timer.Dispose();

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync()) await LookAsync();
    }

    private async Task LookAsync()
    {
        foreach (var (video, last) in _lastHeld)
        {
            try
            {
                await queue.ExpireAsync(video);
                if (time.GetUtcNow() - last > TimeSpan.FromMinutes(options.HeldMinutes)) _lastHeld.TryRemove(new(video, last));
            }
            catch (CommentsUnavailableException exception)
            {
                // The next look tries again.
                LogNotExpired(video, exception.Message);
                return;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Held comments of {Video} that have expired were not erased: {Reason}. It is tried again in a minute.")]
    private partial void LogNotExpired(LiveVideoId video, string reason);
}
