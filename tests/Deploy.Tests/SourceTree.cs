namespace LiveComments.Deploy.Tests;

/// <summary>A copy of the sources without git, so that a build in it leaves the checkout alone. The folder goes with this object.</summary>
internal sealed class SourceTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    public SourceTree() => BuildContext.CopyTo(Root);

    /// <summary>Its folder.</summary>
    public string Root => _folder.FullName;

    /// <summary>Runs a program in it and gives what it wrote.</summary>
    public Task<string> RunAsync(string program, params IEnumerable<string> arguments) => Command.RunAsync(Root, program, arguments);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
