using System.Diagnostics;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Audit;

/// <summary>From a decision to its proof, as an owner does it: the real server, its export, and the command.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    private static string Owner => ContractTarget.Issuer.Token("owner", scope: "comments:post comments:manage");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task An_export_is_proven_with_the_servers_own_key_and_a_change_of_it_is_found()
    {
        var (export, keys) = (Path.Combine(_database.Folder, "audit.ndjson"), Path.Combine(_database.Folder, "keys.json"));
        await using (var server = await _database.ServeAsync(ContractTarget.Settings))
        {
            using var client = new CommentsClient(new(server.Address));
            await client.RemoveAsync(await client.PostAsync(_video), Owner);
            await client.RemoveAsync(await client.PostAsync(_video), Owner);
            Assert.Equal(0, await server.TerminateAsync());
        }

        // When it stopped it has signed what was written.
        await using (var again = await _database.ServeAsync(ContractTarget.Settings))
        {
            using var client = new CommentsClient(new(again.Address));
            await File.WriteAllTextAsync(keys, await client.Reads.GetStringAsync("/audit/keys"));
            using var answer = await client.ReadAsAsync($"/comments/{_video}/audit/export", Owner);
            Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
            await File.WriteAllTextAsync(export, await answer.Content.ReadAsStringAsync());
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_database.Folder, "audit.key")));
        var proven = await RunAsync("audit", "verify", export, "--key", keys);
        Assert.Equal((0, ""), (proven.Code, proven.Errors));
        Assert.StartsWith("2 entries, 1 checkpoints, proven up to ", proven.Output, StringComparison.Ordinal);
        Assert.EndsWith("the last 0 entries are not signed yet.", proven.Output.TrimEnd(), StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(export);
        await File.WriteAllLinesAsync(export, [lines[0].Replace("remove", "refuse", StringComparison.Ordinal), .. lines[1..]]);
        var broken = await RunAsync("audit", "verify", export, "--key", keys);
        Assert.Equal(1, broken.Code);
        Assert.StartsWith("Broken at line 1: ", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_wrong_says_how_it_is_right()
    {
        foreach (var arguments in (string[][])[["audit"], ["audit", "verify", "-"], ["audit", "verify", "/nowhere", "--key", "/nowhere"]])
        {
            var (code, output, errors) = await RunAsync(arguments);
            Assert.Equal((2, ""), (code, output));
            Assert.NotEmpty(errors);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [TemporaryDatabase.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().InTime();
        return (process.ExitCode, await output, await errors);
    }
}
