using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests;

/// <summary>A database in a folder of its own, and the real program on it. The folder goes with this object.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    /// <summary>The assembly of the program under test.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    /// <summary>Where the database is.</summary>
    public string Place => Path.Combine(_folder.FullName, "comments.db");

    /// <summary>The folder that it is in.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The setting that names the database.</summary>
    public string Setting => $"--Storage:Path={Place}";

    /// <summary>Starts the program on this database, for the first time or again.</summary>
    public Task<ServerProcess> ServeAsync(params IEnumerable<string> settings) =>
        ServerProcess.StartAsync(Program, [Setting, .. settings]);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
