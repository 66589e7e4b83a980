using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveComments.Storage.PostgreSql;

/// <summary>Makes the parts of the table in time, and removes those that are too old: at the start and each hour.</summary>
internal sealed partial class LogRetention(Database database, int days, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly TableParts _parts = new(database, days);
    private readonly CancellationTokenSource _ended = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Makes the parts that are needed now, then goes on beside what else is done.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _parts.MakeAsync(connection, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody reads the whole table. What comes meanwhile has its place in it, and is moved when the part is made.
            LogFailed(logger, exception.MessageText);
        }

        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        using var looks = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await LookAsync().ConfigureAwait(false);
            }
            while (await looks.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The store is being closed.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(_ended.Token).ConfigureAwait(false);
            var now = time.GetUtcNow();
            await _parts.MakeAsync(connection, now, _ended.Token).ConfigureAwait(false);
            if (days == 0) return;
            await _parts.RemoveAsync(connection, CommentId.At(now - TimeSpan.FromDays(days)), _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (Database.IsOfTheStore(exception))
        {
            LogFailed(logger, exception.Message);
        }
    }

    [LoggerMessage(3, LogLevel.Warning,
        "The parts of the table of entries cannot be made or removed: {Reason}. It is tried again in an hour.")]
    private static partial void LogFailed(ILogger logger, string reason);
}
