namespace LiveComments.Deploy.Tests;

/// <summary>The packages of all projects of <c>src</c>, packed from a commit with the tag <c>v1.2.3</c> of a repository on GitHub.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    /// <summary>The version that the tag gives.</summary>
    public const string Version = "1.2.3";

    /// <summary>Where the sources are said to be.</summary>
    public const string Origin = "https://github.com/example/livecomments";

    private readonly SourceTree _source = new();

    /// <summary>Where the packages are.</summary>
    public string Folder => Path.Combine(_source.Root, "packages");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_source.Root, ".gitignore"), "bin/\nobj/\npackages/\n*.slnx\n");
        await GitAsync("init", "--quiet");
        await GitAsync("remote", "add", "origin", Origin + ".git");
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "All");
        await GitAsync("tag", "v" + Version);

        var projects = Directory.EnumerateFiles(Path.Combine(_source.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        await File.WriteAllTextAsync(
            Path.Combine(_source.Root, "All.slnx"),
            $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project}" />"""))}</Solution>");
        await _source.RunAsync("dotnet", "pack", "All.slnx", "--output", Folder);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _source.Dispose();
        return Task.CompletedTask;
    }

    private Task<string> GitAsync(params IEnumerable<string> arguments) => _source.RunAsync("git", arguments);
}
