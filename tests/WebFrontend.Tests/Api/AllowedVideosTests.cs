using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>Where the operator says which live videos there are.</summary>
public sealed class AllowedVideosTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Only_ids_of_the_patterns_are_videos()
    {
        await using var server = await _database.ServeAsync("--Videos:Allowed:0=show-*", "--Videos:Allowed:1=demo");
        using var client = new CommentsClient(new(server.Address));
        foreach (var id in new[] { "show-1", "show-", "demo" })
        {
            await client.PostAsync(id);
            Assert.Single(await client.HistoryAsync(id));
        }

        foreach (var id in new[] { "Show-1", "demo2", "xdemo", "show" })
        {
            await NoneAsync(await client.SendAsync(id, CommentsClient.Body("Ada", "Hello")));
            await NoneAsync(await client.Reads.GetAsync($"/comments/{id}"));
            await NoneAsync(await client.OpenStreamAsync(id));
        }
    }

    [Fact]
    public async Task What_is_no_pattern_stops_the_start_with_one_line()
    {
        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, "--Videos:Allowed:0=a/b");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("Setting Videos:Allowed: ", Assert.Single(output), StringComparison.Ordinal);
    }

    private static async Task NoneAsync(HttpResponseMessage answer) => Assert.EndsWith(
        ":no-such-video", (await Problem.ReadAsync(HttpStatusCode.NotFound, answer)).Type, StringComparison.Ordinal);
}
