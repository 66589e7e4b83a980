using System.Threading.Channels;

namespace LiveComments.Firehose;

/// <summary>
/// Sends what the held logs have: entries of many logs share a batch, and no log has entries in two batches at once. What the receiver does
/// not take is sent again after a pause that grows. While it takes nothing one batch at a time tries it.
/// </summary>
internal sealed class FirehoseSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FirehoseOptions _options;
    private readonly IFirehoseReceiver _receiver;
    private readonly EntryWriter _writer;
    private readonly SentLogs _logs;
    private readonly TimeProvider _time;
    private readonly FirehoseMetrics _metrics;
    private readonly FirehoseLog _log;
    private readonly RetryPause _pause;
    private readonly Channel<SentLog> _ready = Channel.CreateUnbounded<SentLog>(new() { SingleReader = true });
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _cut = new();
    private long _lastBatch;
    private long _pausedUntil;
    private int _failures;
    private Task _running = Task.CompletedTask;

    public FirehoseSender(
        FirehoseOptions options,
        IFirehoseReceiver receiver,
        EntryWriter writer,
        Func<Action<SentLog>, SentLogs> logs,
        TimeProvider time,
        Random random,
        FirehoseMetrics metrics,
        FirehoseLog log)
    {
        (_options, _receiver, _writer, _time, _metrics, _log) = (options, receiver, writer, time, metrics, log);
        _logs = logs(Ready);
        _pause = new(random);
        _slots = new(receiver.BatchesAtOnce);
    }

    /// <summary>The logs that it sends.</summary>
    public SentLogs Logs => _logs;

    /// <summary>How often in a row the receiver did not take a batch.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Begins to send.</summary>
    public void Begin() => _running = Task.Run(RunAsync);

    /// <summary>Ends. Batches under way have two seconds.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        var ending = EndAllAsync();
        await Task.WhenAny(ending, Task.Delay(Patience, _time)).ConfigureAwait(false);
        await _cut.CancelAsync().ConfigureAwait(false);
        await ending.ConfigureAwait(false);

        async Task EndAllAsync()
        {
            await _running.ConfigureAwait(false);
            for (var i = 0; i < _receiver.BatchesAtOnce; i++) await _slots.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends without waiting for the batches under way.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _cut.Cancel();
    }

    /// <summary>A log may have something to send.</summary>
    private void Ready(SentLog log)
    {
        lock (log.Gate)
        {
            if (log.IsQueued || !log.IsReady) return;
            log.IsQueued = true;
        }

        _ready.Writer.TryWrite(log);
    }

    private async Task RunAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await _ready.Reader.WaitToReadAsync(_ended.Token).ConfigureAwait(false);
                await WaitAsync(_pausedUntil).ConfigureAwait(false);
                await WaitAsync(_lastBatch + (long)(_options.BatchDelayMs * (_time.TimestampFrequency / 1_000d))).ConfigureAwait(false);
                await _slots.WaitAsync(_ended.Token).ConfigureAwait(false);
                var sending = SendAsync(await CollectAsync().ConfigureAwait(false));
                _lastBatch = _time.GetTimestamp();
                // One at a time tries a receiver that takes nothing.
                if (Failures > 0) await sending.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The process ends.
            }
        }
    }

    private async Task WaitAsync(long until)
    {
        var rest = _time.GetElapsedTime(_time.GetTimestamp(), until);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, _time, _ended.Token).ConfigureAwait(false);
    }

    private async Task<Batch> CollectAsync()
    {
        var batch = new Batch();
        // A log of which only a few entries would fit waits for the next batch: it may have to be read for them.
        while (batch.Entries.Count <= _options.BatchEntries * 3 / 4 && _ready.Reader.TryPeek(out var log))
        {
            // One that was not taken goes alone: perhaps the receiver takes the others.
            if (log.Failures > 0 && batch.Parts.Count > 0) break;
            _ready.Reader.TryRead(out _);
            await CollectAsync(batch, log).ConfigureAwait(false);
            if (log.Failures > 0 && batch.Parts.Count > 0) break;
        }

        return batch;
    }

    private async Task CollectAsync(Batch batch, SentLog log)
    {
        LogRun? run;
        CommentId position, end;
        var room = _options.BatchEntries - batch.Entries.Count;
        lock (log.Gate)
        {
            log.IsQueued = false;
            if (!log.IsReady) return;
            log.IsSending = true;
            (position, end, run) = (log.Position!.Value, log.End, log.FromMemory(room));
        }

        try
        {
            if (run is null)
            {
                run = await log.Reader.ReadAsync(position, room).ConfigureAwait(false);
                lock (log.Gate) log.Found(run, end);
                // Removals come beside the comments that were asked for.
                if (run.Entries.Count > room) run = new([.. run.Entries.Take(room)], run.Entries[room - 1].Id, AtEnd: false);
            }

            var entries = new List<FirehoseEntry>(run.Entries.Count);
            foreach (var entry in run.Entries)
                if (await _writer.WriteAsync(log.Log, entry).ConfigureAwait(false) is { } written) entries.Add(written);
            batch.Add(log, run, entries);
        }
        catch (Exception exception)
        {
            _log.Unread(log.Log, exception);
            Failed(log, sent: null, alone: true);
        }
    }

    private async Task SendAsync(Batch batch)
    {
        try
        {
            if (batch.Entries.Count > 0)
            {
                using var timeout = new CancellationTokenSource(_options.Timeout, _time);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _cut.Token);
                await _receiver.SendAsync(batch.Entries, end.Token).WaitAsync(end.Token).ConfigureAwait(false);
                _metrics.Sent(batch.Entries.Count);
                if (Interlocked.Exchange(ref _failures, 0) > 1) _log.Recovered();
                _pausedUntil = 0;
            }

            foreach (var part in batch.Parts)
            {
                _logs.Change(part.Log, log =>
                {
                    (log.IsSending, log.Failures) = (false, 0);
                    log.Sent(part.Run.UpTo, part.Run.Entries.Count);
                });
                Ready(part.Log);
            }
        }
        catch (Exception exception)
        {
            var failures = Interlocked.Increment(ref _failures);
            _pausedUntil = _time.GetTimestamp() + (long)(_pause.After(failures).TotalSeconds * _time.TimestampFrequency);
            _metrics.Failed();
            if (!_cut.IsCancellationRequested) _log.Failed(batch.Entries.Count, Reason(exception));
            // Where others fail as well it is not because of what was sent.
            foreach (var part in batch.Parts) Failed(part.Log, part, alone: failures == 1);
        }
        finally
        {
            _slots.Release();
        }
    }

    private void Failed(SentLog log, Part? sent, bool alone)
    {
        var old = _time.GetUtcNow() - _options.GiveUpAfter;
        var givenUp = sent?.Run.Entries.TakeWhile(entry => entry.Id.CreatedAt < old).ToList() ?? [];
        var pause = TimeSpan.Zero;
        _logs.Change(log, known =>
        {
            known.IsSending = false;
            // What is sent again is read again: perhaps it was erased meanwhile.
            known.Forget();
            if (givenUp.Count > 0) known.Sent(givenUp[^1].Id, givenUp.Count);
            if (alone) pause = _pause.After(++known.Failures);
            known.IsQueued = true;
        });
        if (givenUp.Count > 0)
        {
            _metrics.GivenUp(givenUp.Count);
            _log.GivenUp(log.Log, givenUp[0].Id, givenUp[^1].Id, givenUp.Count);
        }

        _ = ReadyAfterAsync(log, pause);
    }

    private string Reason(Exception exception) =>
        exception is OperationCanceledException ? $"it took longer than {_options.TimeoutMs} ms (Firehose:TimeoutMs)." : exception.Message;

    private async Task ReadyAfterAsync(SentLog log, TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (log.Gate) log.IsQueued = false;
        Ready(log);
    }

    /// <summary>What a batch has of one log.</summary>
    private sealed record Part(SentLog Log, LogRun Run);

    private sealed class Batch
    {
        public List<FirehoseEntry> Entries { get; } = [];

        public List<Part> Parts { get; } = [];

        public void Add(SentLog log, LogRun run, List<FirehoseEntry> entries)
        {
            Parts.Add(new(log, run));
            Entries.AddRange(entries);
        }
    }
}
