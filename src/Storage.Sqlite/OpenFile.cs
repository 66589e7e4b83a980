using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>Whether the file that a connection has open is still the one at its path.</summary>
internal static partial class OpenFile
{
    // SQLITE_FCNTL_HAS_MOVED
    private const int HasMovedControl = 20;

    /// <summary>
    /// Whether the database was removed, moved or replaced since it was opened, or its write-ahead log was removed: what is written then is
    /// nowhere when the process has ended.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var moved = 0;
        var code = FileControl(connection.Handle!.DangerousGetHandle(), 0, HasMovedControl, ref moved);
        return code != 0 || moved != 0 || !File.Exists($"{connection.DataSource}-wal");
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    private static partial int FileControl(nint database, nint name, int operation, ref int argument);
}
