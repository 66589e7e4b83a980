namespace LiveComments.Storage.Sqlite;

/// <summary>The folder of a database.</summary>
internal static class DatabaseFolder
{
    /// <summary>Makes the folder where it is missing, for its owner alone: what it holds is the log and the fingerprints of keys.</summary>
    public static void Create(string database)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(database))!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
