namespace LiveComments.HttpContract.Client;

/// <summary>Posters and a viewer of one live video, who go on whatever happens to the nodes. Dispose of it to let them leave.</summary>
public sealed class Crowd : IAsyncDisposable
{
    /// <summary>No viewer that comes back shall have missed more than is replayed.</summary>
    public static readonly string[] Settings = ["--Streaming:Replay=100000"];

    // A post each so often is load enough; what the next owner reads when it opens a video grows with them.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly CancellationTokenSource _stop = new();
    private readonly FaithfulPoster[] _posters;
    private readonly Task[] _posting;

    private Crowd(CommentsClient client, PostLedger ledger, FaithfulViewer viewer, int posters)
    {
        (Ledger, Viewer) = (ledger, viewer);
        _posters = [.. Enumerable.Range(1, posters).Select(i => new FaithfulPoster(client, ledger, $"poster {i}"))];
        _posting = [.. _posters.Select(PostAsync)];
    }

    /// <summary>What was posted and acknowledged.</summary>
    public PostLedger Ledger { get; }

    /// <summary>Who watches.</summary>
    public FaithfulViewer Viewer { get; }

    /// <summary>How many posts were acknowledged.</summary>
    public Tally Acknowledged { get; } = new();

    /// <summary>How many posts had to be made again.</summary>
    public int Retries => _posters.Sum(poster => poster.Retries);

    /// <summary>How many of those got no answer at all.</summary>
    public int Unanswered => _posters.Sum(poster => poster.Unanswered);

    /// <summary>Lets them begin, on a video of their own.</summary>
    public static async Task<Crowd> GatherAsync(CommentsClient client, int posters = 2)
    {
        var ledger = new PostLedger();
        return new(client, ledger, await FaithfulViewer.JoinAsync(client, ledger.Video), posters);
    }

    /// <summary>Completes when a comment that was posted from now on is acknowledged and the viewer has seen it.</summary>
    public async Task GoesOnAsync(CommentsClient client, string message)
    {
        await new FaithfulPoster(client, Ledger, message).PostAsync();
        try
        {
            await Viewer.SeesAsync($"{message}, post 0");
        }
        catch (TimeoutException)
        {
            var history = await client.HistoryAsync(Ledger.Video);
            var known = history.Any(comment => comment.Message == $"{message}, post 0");
            throw new TimeoutException(
                $"The viewer of {Ledger.Video} (joined {Viewer.Joins} times, {Viewer.Seen.Count} comments of {history.Count}) does not see \"{message}\"; "
                + $"the history of its node has it: {known}.");
        }
    }

    /// <summary>
    /// Ends the posting and checks that every acknowledged comment is in the history once, and that the viewer has seen the history, all of
    /// it in order.
    /// </summary>
    public async Task FinishAsync(CommentsClient client)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_posting).InTime();
        await GoesOnAsync(client, "the last");
        var history = await client.HistoryAsync(Ledger.Video);
        Ledger.AssertKeptIn(history);
        Assert.Equal(history, Viewer.Seen);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Viewer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PostAsync(FaithfulPoster poster)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested && await pace.WaitForNextTickAsync())
        {
            await poster.PostAsync();
            Acknowledged.Increment();
        }
    }
}
