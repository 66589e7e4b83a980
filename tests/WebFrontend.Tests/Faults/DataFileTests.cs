using System.Net;
using System.Runtime.Versioning;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Faults;

/// <summary>What others do to the data file of a running node.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly string _video = CommentsClient.NewVideo();

    private string Database => Path.Combine(_folder.FullName, "data", "comments.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_data_file_that_is_removed_is_noticed_before_anything_more_is_acknowledged()
    {
        await using var server = await StartAsync();
        using var client = new CommentsClient(new(server.Address));
        await client.PostAsync(_video);

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Database)!, "comments.db*")) File.Delete(file);

        for (var i = 0; i < 5; i++) await RefusedAsync(client, _video);
        await RefusedAsync(client, CommentsClient.NewVideo());
        Assert.False(File.Exists(Database));
        Assert.Single(server.Output, line => line.Contains("The log cannot be written.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_ahead_log_that_is_removed_is_noticed_too()
    {
        await using var server = await StartAsync();
        using var client = new CommentsClient(new(server.Address));
        await client.PostAsync(_video);

        File.Delete($"{Database}-wal");

        await RefusedAsync(client, _video);
    }

    [Fact]
    public async Task What_is_acknowledged_after_the_file_was_replaced_is_there_after_a_restart()
    {
        var acknowledged = new List<PostedComment>();
        await using (var server = await StartAsync())
        {
            using var client = new CommentsClient(new(server.Address));
            await client.PostAsync(_video, "before");
            File.Copy(Database, $"{Database}.copy");
            File.Move($"{Database}.copy", Database, overwrite: true);
            File.Delete($"{Database}-wal");
            File.Delete($"{Database}-shm");

            using var patience = new CancellationTokenSource(Patience.Limit);
            while (acknowledged.Count < 3)
            {
                using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "after"));
                if (answer.StatusCode == HttpStatusCode.Created) acknowledged.Add(await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer));
                patience.Token.ThrowIfCancellationRequested();
            }
        }

        await using var again = await StartAsync();
        using var reader = new CommentsClient(new(again.Address));
        Assert.Equal(acknowledged, (await reader.HistoryAsync(_video)).Where(comment => comment.Message == "after"));
    }

    [Fact]
    public async Task A_second_node_on_the_same_file_does_not_start()
    {
        await using var server = await StartAsync();

        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, $"--Storage:Path={Database}").InTime();

        Assert.Equal(1, exitCode);
        Assert.Contains("Storage:Shared", Assert.Single(output), StringComparison.Ordinal);
        await server.KillAsync();
        await using var next = await StartAsync();
    }

    [Fact]
    public async Task Two_nodes_that_share_a_file_both_see_all()
    {
        await using var one = await StartAsync("--Storage:Shared=true");
        await using var other = await StartAsync("--Storage:Shared=true");
        using var here = new CommentsClient(new(one.Address));
        using var there = new CommentsClient(new(other.Address));
        using var viewer = await there.WatchAsync(_video);

        var comment = await here.PostAsync(_video);

        // The stream ends when the other owner is noticed, and the viewer comes again.
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true) await viewer.NextAsync();
        });
        Assert.Equal([comment], await there.HistoryAsync(_video));
        using var again = await there.WatchAsync(_video, "?after=1");
        Assert.Equal(comment, await again.NextCommentAsync());
        Assert.Equal(1, (await ServerProcess.RunAsync(TemporaryDatabase.Program, $"--Storage:Path={Database}").InTime()).ExitCode);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_folder_of_the_data_is_for_its_owner_alone()
    {
        await using var server = await StartAsync();

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Database)!));
    }

    [Fact]
    public async Task A_full_log_refuses_posts_and_is_read_as_before()
    {
        await using var server = await StartAsync("--Storage:MaxBytes=300000");
        using var client = new CommentsClient(new(server.Address));
        var (text, taken) = (string.Concat(Enumerable.Repeat("\U0001f600", 500)), 0);
        while (true)
        {
            using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", text));
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) break;
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Assert.InRange(++taken, 0, 1_000);
        }

        Assert.Equal(taken, (await client.HistoryAsync(_video)).Count);
        Assert.Contains(server.Output, line => line.Contains("Storage:MaxBytes", StringComparison.Ordinal));
        // Whoever has filled it can be kept out.
        using var ban = await client.SendAsync(
            HttpMethod.Put, $"/comments/{_video}/bans/q83vASNFZ4k", ContractTarget.Issuer.Token("moderator", scope: "comments:moderate"), "{}");
        Assert.Equal(HttpStatusCode.OK, ban.StatusCode);
        // And what is there can be removed, however many go on posting.
        using var end = new CancellationTokenSource();
        var crowd = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
                using (await client.SendAsync(_video, CommentsClient.Body("Ada", text))) { }
        }));
        foreach (var comment in (await client.HistoryAsync(_video)).Take(10))
        {
            using var removal = await client.SendAsync(
                HttpMethod.Delete, $"/comments/{_video}/{comment.Id}", ContractTarget.Issuer.Token("moderator", scope: "comments:moderate"));
            Assert.Equal(HttpStatusCode.NoContent, removal.StatusCode);
        }

        await end.CancelAsync();
        await crowd.InTime();
    }

    private static async Task RefusedAsync(CommentsClient client, string video) => await Problem.ReadAsync(
        HttpStatusCode.ServiceUnavailable, await client.SendAsync(video, CommentsClient.Body("Ada", "Hello")));

    private Task<ServerProcess> StartAsync(params IEnumerable<string> settings) =>
        ServerProcess.StartAsync(TemporaryDatabase.Program, [$"--Storage:Path={Database}", .. ContractTarget.Settings, .. settings]);
}
