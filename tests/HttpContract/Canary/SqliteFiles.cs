using Microsoft.Data.Sqlite;

namespace LiveComments.HttpContract.Canary;

/// <summary>The files of a SQLite database that servers may have open.</summary>
public static class SqliteFiles
{
    /// <summary>Brings the write-ahead log into the database, and gives all that is in the files then.</summary>
    public static IEnumerable<byte[]> Read(string database)
    {
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            // It waits for those who read.
            checkpoint.CommandText = "PRAGMA busy_timeout = 60000; PRAGMA wal_checkpoint(TRUNCATE)";
            using var reader = checkpoint.ExecuteReader();
            reader.NextResult();
            Assert.True(reader.Read());
            Assert.Equal(0, reader.GetInt32(0));
        }

        // A server has its lock file for itself; there is nothing in it.
        return Directory.GetFiles(Path.GetDirectoryName(database)!, $"{Path.GetFileName(database)}*")
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(File.ReadAllBytes);
    }
}
