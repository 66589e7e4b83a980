namespace LiveComments.Storage.Sqlite;

/// <summary>
/// Keeps other processes from a database while this one uses it, unless all of them share it. The lock is on a file beside it and goes with
/// the process, however that ends.
/// </summary>
public sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="CommentsUnavailableException">Another process has the database.</exception>
    public DatabaseLock(SqliteOptions settings)
    {
        var shared = settings.Shared == true;
        var path = $"{settings.Path}.lock";
        try
        {
            DatabaseFolder.Create(settings.Path);
            // Without sharing the file is locked for this process alone, with it for all who read.
            if (!File.Exists(path))
                File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            _file = File.Open(path, FileMode.Open, FileAccess.Read, shared ? FileShare.Read : FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new CommentsUnavailableException(
                $"The database {settings.Path} (Storage:Path) is in use by another process. "
                + "Give each its own file, or set Storage:Shared=true for all that use this one.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommentsUnavailableException(
                $"The database {settings.Path} (Storage:Path) cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();
}
