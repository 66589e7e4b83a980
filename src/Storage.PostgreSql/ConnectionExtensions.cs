using Npgsql;

namespace LiveComments.Storage.PostgreSql;

internal static class ConnectionExtensions
{
    // Whoever makes the tables, or changes many rows of them, takes longer than a post may.
    private const int SecondsOfChanges = 300;

    /// <summary>Runs statements that change the tables.</summary>
    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = SecondsOfChanges };
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs a query once and gives its first value.</summary>
    public static async Task<T> AskAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    /// <summary>Waits until no other node changes the tables of this schema; it holds until the transaction ends.</summary>
    public static Task LockAsync(this NpgsqlConnection connection, string schema, CancellationToken cancellation) =>
        connection.RunAsync($"SELECT pg_advisory_xact_lock(hashtextextended('livecomments {schema}', 0))", cancellation);

    /// <summary>A parameter of a query whose parameters are set by their order.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>The text of a video as a parameter.</summary>
    public static NpgsqlParameter Value(LiveVideoId video) => Value(video.ToString());

    /// <summary>An id as a parameter.</summary>
    public static NpgsqlParameter Value(CommentId id) => Value(id.Value);
}
