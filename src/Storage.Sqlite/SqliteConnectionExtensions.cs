using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

internal static class SqliteConnectionExtensions
{
    /// <summary>Runs a statement once.</summary>
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement once and gives its first value.</summary>
    public static object? Ask(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Makes a statement to run many times, whose parameters are set by their order.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new(name, null));
        command.Prepare();
        return command;
    }
}
