using System.Net.Sockets;
using Npgsql;

namespace LiveComments.Storage.PostgreSql;

/// <summary>The way to the database: its connections, and the names of the tables in its schema.</summary>
internal sealed class Database : IAsyncDisposable
{
    // A server takes 100 connections if nobody has told it otherwise, and there are several nodes.
    private const int DefaultConnections = 20;

    // Npgsql waits so long for the answer to a statement that it has asked to end.
    private const int CancellationMilliseconds = 500;

    // A connection that broke while nobody used it is found out by the first who does.
    private const int MostReads = 3;

    public Database(PostgreSqlOptions settings)
    {
        var builder = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        SetDefault("Maximum Pool Size", () => builder.MaxPoolSize = DefaultConnections);
        SetDefault("No Reset On Close", () => builder.NoResetOnClose = true);
        SetDefault("Cancellation Timeout", () => builder.CancellationTimeout = CancellationMilliseconds);
        SetDefault("Application Name", () => builder.ApplicationName = "livecomments");
        (builder.Timeout, builder.CommandTimeout) = (settings.TimeoutSeconds, settings.TimeoutSeconds);
        (Schema, Name) = (settings.Schema, $"{builder.Database ?? builder.Username} at {builder.Host}");
        Prepares = settings.PrepareStatements;
        Source = NpgsqlDataSource.Create(builder);

        void SetDefault(string keyword, Action set)
        {
            if (!builder.ShouldSerialize(keyword)) set();
        }
    }

    /// <summary>The connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// Whether statements are prepared: a round trip at the first time on a connection. Npgsql's other way, to prepare along with its use what
    /// it meets again, leaves a statement unusable that the database refuses just then.
    /// </summary>
    public bool Prepares { get; }

    /// <summary>The schema of the tables; it needs no quotes.</summary>
    public string Schema { get; }

    /// <summary>What it is called in messages: no password is in it.</summary>
    public string Name { get; }

    /// <summary>The table where each log ends: its last entry, its last removal, and the last that is gone because of its age.</summary>
    public string Logs => $"{Schema}.logs";

    /// <summary>The table of the comments and removals of videos, in parts by age.</summary>
    public string Entries => $"{Schema}.entries";

    /// <summary>The table of the other logs, whose entries have no age.</summary>
    public string Decisions => $"{Schema}.decisions";

    /// <summary>The table that has the entries of a log.</summary>
    public string EntriesOf(LiveVideoId log) => log.HoldsDecisions ? Decisions : Entries;

    /// <summary>Runs a query once more if its connection turns out to be broken.</summary>
    /// <exception cref="CommentsUnavailableException">It failed.</exception>
    public async Task<T> ReadAsync<T>(string sql, Func<NpgsqlDataReader, Task<T>> read, params NpgsqlParameter[] parameters)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync().ConfigureAwait(false);
                await using var command = new NpgsqlCommand(sql, connection);
                // A parameter belongs to one command.
                foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
                if (Prepares) await command.PrepareAsync().ConfigureAwait(false);
                await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
                return await read(rows).ConfigureAwait(false);
            }
            catch (NpgsqlException exception) when (attempt < MostReads && IsBrokenConnection(exception))
            {
                // The next one is another, or new.
            }
            catch (Exception exception) when (IsOfTheStore(exception))
            {
                throw Unavailable(exception);
            }
        }
    }

    /// <summary>Runs a statement, for which the database has its time.</summary>
    /// <exception cref="CommentsUnavailableException">It failed; it may have been done.</exception>
    public async Task RunAsync(string sql, params NpgsqlParameter[] parameters)
    {
        try
        {
            await using var command = Source.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfTheStore(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>What those who wait are told of a failure.</summary>
    public CommentsUnavailableException Unavailable(Exception exception) =>
        new($"PostgreSQL cannot be used (database {Name}): {exception.Message}", exception);

    /// <summary>Whether this is a failure of the store, and no defect of the program.</summary>
    public static bool IsOfTheStore(Exception exception) =>
        exception is NpgsqlException or TimeoutException or IOException or SocketException or ObjectDisposedException;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    // A slow answer is not one: to ask again would only add to what makes it slow.
    private static bool IsBrokenConnection(NpgsqlException exception) => exception is PostgresException { SqlState: var state }
        ? state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : exception.InnerException is IOException or SocketException;
}
