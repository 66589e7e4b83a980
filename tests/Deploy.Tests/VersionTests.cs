namespace LiveComments.Deploy.Tests;

/// <summary>Where a package gets its version and its sources from.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Project = "src/Comments";
    private const string Id = "LiveComments.Comments";

    private readonly SourceTree _source = new();

    [Fact]
    public async Task A_tag_is_the_version_and_symbols_lead_to_the_sources_of_the_commit()
    {
        await GitAsync("init", "--quiet");
        await GitAsync("remote", "add", "origin", "https://github.com/example/livecomments.git");
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "All");
        await GitAsync("tag", "v1.2.3");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();

        var package = await PackAsync();

        Assert.Equal("1.2.3", package.Metadata["version"]);
        Assert.Contains(
            $"https://raw.githubusercontent.com/example/livecomments/{commit}/",
            package.SourceLinkOf($"lib/net10.0/{Id}.pdb"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_there_is_a_version_all_the_same() =>
        Assert.Equal("0.1.0-alpha.0", (await PackAsync()).Metadata["version"]);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private async Task<Package> PackAsync()
    {
        var packages = Path.Combine(_source.Root, "packages");
        await _source.RunAsync("dotnet", "pack", Project, "--output", packages);
        return Package.In(packages, Id);
    }

    private Task<string> GitAsync(params IEnumerable<string> arguments) => _source.RunAsync("git", arguments);
}
