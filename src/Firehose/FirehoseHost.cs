namespace LiveComments.Firehose;

/// <summary>
/// The firehose of this process: begins and ends with it, writes down now and then what was sent, hands over logs that have another owner,
/// and goes on with what other processes have left.
/// </summary>
internal sealed class FirehoseHost : IHostedService, IFirehoseStatus, IDisposable
{
    private const int TakenAtOnce = 100;

    private readonly FirehoseOptions _options;
    private readonly UnsentList _list;
    private readonly FirehoseSender _sender;
    private readonly TimeProvider _time;
    private readonly FirehoseLog _log;
    private readonly CancellationTokenSource _ended = new();
    private Task _running = Task.CompletedTask;
    private bool _hasLooked;

    public FirehoseHost(
        FirehoseOptions options, UnsentList list, FirehoseSender sender, TimeProvider time, FirehoseMetrics metrics, FirehoseLog log)
    {
        (_options, _list, _sender, _time, _log) = (options, list, sender, time, log);
        metrics.Observe(() => Current);
    }

    /// <inheritdoc/>
    public FirehoseStatus Current
    {
        get
        {
            var (entries, oldest) = (0L, (DateTimeOffset?)null);
            foreach (var log in _sender.Logs.All)
            {
                lock (log.Gate)
                {
                    entries += log.Unsent;
                    if (log.Oldest is { } since && !(oldest <= since)) oldest = since;
                }
            }

            var age = oldest is { } then ? _time.GetUtcNow() - then : TimeSpan.Zero;
            return new(entries, age > TimeSpan.Zero ? (long)age.TotalSeconds : 0, _sender.Failures == 0);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sender.Begin();
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Ends. What was not sent another process sends, or this one when it has started again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _sender.EndAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TryAsync(() => Task.WhenAll(_sender.Logs.All.SelectMany(LetGo))).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _sender.Dispose();
    }

    private async Task RunAsync()
    {
        using var looks = new PeriodicTimer(_options.PositionEvery, _time);
        try
        {
            do
            {
                await TryAsync(LookAsync).ConfigureAwait(false);
            }
            while (await looks.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            _hasLooked = true;
        }
        catch (Exception exception)
        {
            // A store that is only just being made is no news.
            if (_hasLooked) _log.Unwritten(exception);
        }
    }

    private async Task LookAsync()
    {
        var writes = new List<Task>();
        foreach (var log in _sender.Logs.All) writes.AddRange(WriteDown(log));
        // Others see that this process is there.
        writes.AddRange(_sender.Logs.All.Select(log => _list.Of(log.Log)).Distinct().Select(part => part.WriteAsync(null)));
        await Task.WhenAll(writes).ConfigureAwait(false);
        foreach (var part in _list.Parts)
        {
            await part.LoadAsync().ConfigureAwait(false);
            var lefts = part.LeftSince(
                _options.Alone ? TimeSpan.Zero : _options.Quiet, log => _sender.Logs.Has(LiveVideoId.ParseLog(log)));
            foreach (var some in lefts.Chunk(TakenAtOnce))
            {
                await Task.WhenAll(some.Select(left => _sender.Logs.TakeAsync(LiveVideoId.ParseLog(left.Log), left.Holding)))
                    .ConfigureAwait(false);
            }

            if (lefts.Count > 0) _log.TakenOver(lefts.Count);
        }
    }

    private IEnumerable<Task> WriteDown(SentLog log)
    {
        lock (log.Gate)
        {
            if (log.IsGone || log.Held is not { IsCompletedSuccessfully: true }) return [];
            var isOver = _list.IsOvertaken(log.Log) || (log.IsInSync && !log.IsActive && !log.IsQueued);
            log.IsActive = false;
            if (isOver && _sender.Logs.TryRemove(log, () => _list.WriteAsync(log.Log, UnsentKind.Done), out var done)) return [done];
            if (log.Position is not { } position || position <= log.Written) return [];
            log.Written = position;
            return [_list.WriteAsync(log.Log, UnsentKind.Sent, position)];
        }
    }

    private IEnumerable<Task> LetGo(SentLog log)
    {
        lock (log.Gate)
        {
            if (log.IsGone || log.Held is not { IsCompletedSuccessfully: true }) return [];
            if (log.IsInSync && _sender.Logs.TryRemove(log, () => _list.WriteAsync(log.Log, UnsentKind.Done), out var done)) return [done];
            return
            [
                _list.WriteAsync(log.Log, UnsentKind.Sent, log.Position ?? default),
                _list.WriteAsync(log.Log, UnsentKind.LetGo),
            ];
        }
    }
}
