using System.Collections.Concurrent;

namespace LiveComments.WebFrontend.Audit;

/// <summary>
/// Signs the audits to which this process has written, each minute in which it has, and when it stops: appends a checkpoint to them.
/// </summary>
internal sealed partial class AuditSigner(
    AuditKey key, AuditChains chains, TimeProvider time, ILogger<AuditSigner> log, ILiveVideos? liveVideos = null)
    : IHostedLifecycleService, IDisposable
{
    // Where the last checkpoint is looked for; there is one each minute.
    private const int LookBack = 200;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(2);

    // What was written to each last, and is not signed yet.
    private readonly ConcurrentDictionary<LiveVideoId, CommentId> _written = new();
    private readonly LogThrottle _failed = new(time);
    private PeriodicTimer? _minutes;

    /// <summary>Takes note that there is an entry to be signed.</summary>
    public void OnWritten(LiveVideoId audit, CommentId entry)
    {
        if (key.Private is null) return;
        _written.AddOrUpdate(audit, entry, (_, known) => known > entry ? known : entry);
    }

    /// <summary>Signs what was written since the last time. What fails is tried again the next time.</summary>
    public async Task SignAsync()
    {
        foreach (var (audit, entry) in _written)
        {
            try
            {
                await SignAsync(audit, entry);
                // More may have been written meanwhile.
                _written.TryRemove(KeyValuePair.Create(audit, entry));
            }
            catch (Exception exception)
            {
                // A store that fails, or a defect: it ends neither the signing nor that of other audits.
                if (_failed.TryPass()) LogFailed(exception is CommentsUnavailableException ? null : exception, audit, exception.Message);
            }
        }
    }

    /// <summary>The newest checkpoint of an audit; null if there is none among its last entries.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    public static async Task<(string Jws, AuditCheckpoint Said)?> FindLastAsync(ILiveVideoReader videos, LiveVideoId audit)
    {
        foreach (var entry in (await videos.ReadAsync(audit, CommentId.Max, LookBack)).Comments)
        {
            if (entry.Author == AuditEntry.Server
                && AuditEntry.TryRead(entry.Message)?.Jws is { } jws
                && AuditCheckpoint.TryRead(jws) is { } said)
                return (jws, said);
        }

        return null;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (liveVideos is null) return Task.CompletedTask;
        if (key.Private is null)
        {
            LogOff();
            return Task.CompletedTask;
        }

        _minutes = new(Every, time);
        _ = SignEachMinuteAsync(_minutes);
        return Task.CompletedTask;
    }

    /// <summary>Signs what is left, before the parts of the program end that it needs.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _minutes?.Dispose();
        await Task.WhenAny(SignAsync(), Task.Delay(AtTheEnd, time, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _minutes?.Dispose();

    private async Task SignEachMinuteAsync(PeriodicTimer minutes)
    {
        while (await minutes.WaitForNextTickAsync()) await SignAsync();
    }

    private async Task SignAsync(LiveVideoId audit, CommentId written)
    {
        // Another process may have signed it.
        if (await FindLastAsync(liveVideos!, audit) is { } found
            && CommentId.TryParse(found.Said.Entry, out var signed)
            && signed >= written)
            return;
        var (entries, _) = await chains.ReadAsync(audit, CommentId.Max, 1);
        if (entries is not [var last]) return;
        var jws = AuditCheckpoint.Sign(last, time.GetUtcNow(), key.Private!);
        var entry = new AuditEntry(AuditAction.Checkpoint, null, null, null, null, null, jws);
        var outcome = await liveVideos!.PostAsync(audit, CommentDraft.ForOwnLog(AuditEntry.Server, entry.ToJson()));
        if (outcome.Status != PostStatus.Accepted) throw new CommentsUnavailableException("The checkpoint could not be written.");
    }

    [LoggerMessage(1, LogLevel.Warning, "The audit {Audit} could not be signed: {Reason} It is tried again.")]
    private partial void LogFailed(Exception? exception, LiveVideoId audit, string reason);

    [LoggerMessage(2, LogLevel.Information, "There is no Audit:Key, so audits are chained but not signed.")]
    private partial void LogOff();
}
