using StackExchange.Redis;

namespace LiveComments.Firehose.Redis;

/// <summary>
/// Appends batches to Redis Streams. What goes to one stream goes in one transaction: all of it is there, in order, or none. It connects when
/// the first batch is sent, and again by itself.
/// </summary>
internal sealed class RedisReceiver(FirehoseRedisOptions options) : IFirehoseReceiver, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private ConnectionMultiplexer? _connection;

    /// <inheritdoc/>
    public int BatchesAtOnce => 2;

    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<FirehoseEntry> entries, CancellationToken cancellationToken)
    {
        var redis = (await ConnectAsync(cancellationToken).ConfigureAwait(false)).GetDatabase();
        foreach (var stream in entries.GroupBy(KeyOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var transaction = redis.CreateTransaction();
            var added = stream.Select(entry => (Task)transaction.StreamAddAsync(
                stream.Key, FieldsOf(entry), messageId: null, maxLength: options.MaxLength, useApproximateMaxLength: true)).ToList();
            // Those tell what went wrong; without it they are canceled.
            var isDone = await transaction.ExecuteAsync().ConfigureAwait(false);
            await Task.WhenAll(added).ConfigureAwait(false);
            if (!isDone) throw new RedisException("The transaction was not executed.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private static NameValueEntry[] FieldsOf(FirehoseEntry entry) =>
    [
        new("id", entry.Id),
        new("type", entry.Type),
        new("liveVideoId", entry.LiveVideoId.ToString()),
        new("data", entry.Data),
    ];

    private string KeyOf(FirehoseEntry entry) =>
        options.Stream.Replace(FirehoseRedisOptions.Video, entry.LiveVideoId.ToString(), StringComparison.Ordinal);

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _connection) is { } open) return open;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is null)
            {
                var configuration = ConfigurationOptions.Parse(options.Connection!);
                // The sender tries again: nothing gathers here while Redis is away.
                configuration.AbortOnConnectFail = false;
                configuration.BacklogPolicy = BacklogPolicy.FailFast;
                configuration.ClientName ??= "LiveComments.Firehose";
                Volatile.Write(ref _connection, await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false));
            }

            return _connection;
        }
        finally
        {
            _turn.Release();
        }
    }
}
