using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Deploy.Tests;

/// <summary>What the publish profile for this machine's processor makes.</summary>
public sealed class SingleFileTests : IDisposable
{
    private readonly SourceTree _source = new();

    [Fact]
    public async Task The_single_file_runs_where_no_dotnet_is()
    {
        var profile = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        await _source.RunAsync("dotnet", "publish", "src/Silo", $"-p:PublishProfile={profile}");
        var published = Path.Combine(_source.Root, "src/Silo/bin/publish", profile);
        Assert.Equal(
            ["LiveComments.Silo", "appsettings.json", "libe_sqlite3.so"],
            Directory.EnumerateFileSystemEntries(published).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        await using var server = await ServerProcess.StartAsync(
            new ProcessStartInfo(
                "env", ["--ignore-environment", Path.Combine(published, "LiveComments.Silo"), "--urls", "http://127.0.0.1:0"])
            {
                WorkingDirectory = _source.Root,
            });
        using var client = new CommentsClient(new ContractTarget(server.Address));
        var video = CommentsClient.NewVideo();
        var comment = await client.PostAsync(video);

        Assert.Equal([comment], await client.HistoryAsync(video));
        Assert.True(File.Exists(Path.Combine(_source.Root, "data", "comments.db")));
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
