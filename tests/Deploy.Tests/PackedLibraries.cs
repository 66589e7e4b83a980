using System.Reflection;

namespace LiveComments.Deploy.Tests;

/// <summary>The packages of all projects of the solution, as they were built.</summary>
public sealed class PackedLibraries : IAsyncLifetime, IDisposable
{
    private static readonly string Configuration =
        typeof(PackedLibraries).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    /// <summary>Where the packages are.</summary>
    public string Folder => _folder.FullName;

    /// <inheritdoc/>
    public Task InitializeAsync() => Command.RunAsync(
        Repository.Root, "dotnet", "pack", "LiveComments.sln", "--no-build", "--configuration", Configuration, "--output", Folder);

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
