namespace LiveComments.Storage.Sqlite.Tests;

/// <summary>A folder of its own for a test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("livecomments-");

    public string Database => Path.Combine(_folder.FullName, "data", "comments.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
