using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract.Canary;

/// <summary>
/// Somebody who watches, over HTTP, for as long as the test lasts: comes back after each loss with the last id, shows what comes, and takes
/// back what it is told to.
/// </summary>
internal sealed class HttpScreen : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CanaryPlace _place;
    private readonly string _video;
    private readonly CanaryTexts _texts;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, PostedComment> _shown = [];
    private readonly HashSet<string> _removals = [];
    private readonly List<string> _events = [];
    private readonly Task _watching;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _last;
    private long _wholeFrom = long.MaxValue;

    public HttpScreen(CanaryPlace place, string video, CanaryTexts texts)
    {
        (_place, _video, _texts) = (place, video, texts);
        _watching = WatchAsync();
    }

    /// <summary>Completes when it was sent a comment, or something after it.</summary>
    public async Task ReachesAsync(PostedComment comment)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_last is { } last && long.Parse(last) >= comment.Number) return;
                changed = _changed.Task;
            }

            await (await Task.WhenAny(changed, _watching)).InTime();
        }
    }

    /// <summary>How what it shows differs from what is left, as far back as it has everything; empty if it does not.</summary>
    public string DifferenceTo(IReadOnlyList<PostedComment> left)
    {
        lock (_gate)
        {
            var (expected, shown) = (left.Where(IsWhole).ToList(), _shown.Values.Where(IsWhole).ToList());
            return expected.SequenceEqual(shown) ? "" : $"shows {Ids(shown.Except(expected))} and not {Ids(expected.Except(shown))}; "
                + $"whole from {_wholeFrom}; it was sent {string.Join(", ", _events.TakeLast(60))}";
        }

        bool IsWhole(PostedComment comment) => comment.Number >= _wholeFrom;

        static string Ids(IEnumerable<PostedComment> comments) => $"[{string.Join(' ', comments.Select(comment => comment.Id))}]";
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                var events = CanaryStream.ReadAsync(_place, _video, _last, _texts, Timeout.InfiniteTimeSpan, _leaving.Token);
                await foreach (var item in events) Take(item);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // Lost, or left.
            }

            await Task.Delay(Pause, _leaving.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private void Take(SseItem<string> item)
    {
        lock (_gate)
        {
            _events.Add($"{item.EventType} {item.EventId} {(item.EventType == "comment" ? "" : item.Data)}");
            if (item.EventType == "gap")
            {
                using var gap = JsonDocument.Parse(item.Data);
                _wholeFrom = long.Parse(gap.RootElement.GetProperty("before").GetString()!);
                if (gap.RootElement.TryGetProperty("reset", out _)) _shown.Clear();
                if (gap.RootElement.TryGetProperty("removed", out var removed))
                    foreach (var id in removed.EnumerateArray()) _shown.Remove(long.Parse(id.GetString()!));
            }
            else if (item.EventType == "comment-removed" && item.EventId == "")
            {
                // Before its place, where it comes again.
                Hide(PostedRemoval.Parse("", item.Data));
            }
            else if (item.EventType != "settings")
            {
                _last = item.EventId;
                var number = long.Parse(item.EventId!);
                if (_wholeFrom == long.MaxValue) _wholeFrom = number;
                if (item.EventType == "comment") _shown.Add(number, PostedComment.Parse(item.Data));
                else Remove(PostedRemoval.Parse(item.EventId!, item.Data));
            }

            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Remove(PostedRemoval removal)
    {
        Assert.True(_removals.Add(removal.Id), $"The removal {removal.Id} came twice.");
        Hide(removal);
    }

    private void Hide(PostedRemoval removal)
    {
        foreach (var id in removal.Ids) _shown.Remove(long.Parse(id));
        if (removal.From is not { } from) return;
        var range = _shown.Values
            .Where(comment => comment.Number >= long.Parse(from) && comment.Number <= long.Parse(removal.To!))
            .Where(comment => removal.AuthorId is null || comment.AuthorId == removal.AuthorId).ToList();
        foreach (var comment in range) _shown.Remove(comment.Number);
    }
}
