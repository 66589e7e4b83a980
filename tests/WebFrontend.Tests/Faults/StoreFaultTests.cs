using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.Data.Sqlite;

namespace LiveComments.WebFrontend.Tests.Faults;

/// <summary>The real program on a database that cannot be written for a while.</summary>
public sealed class StoreFaultTests
{
    private readonly string _video = CommentsClient.NewVideo();

    [FactWithSmallDisk]
    public async Task A_full_disk_refuses_posts_and_nothing_else_until_there_is_room()
    {
        using var disk = new SmallDisk();
        await using var server = await ServerProcess.StartAsync(TemporaryDatabase.Program, [disk.Setting, .. ContractTarget.Settings]);
        await PostsAreRefusedAndRecoverAsync(server, disk.Fill, disk.Empty);
    }

    [Fact]
    public async Task A_locked_database_refuses_posts_and_nothing_else_until_it_is_free()
    {
        using var database = new TemporaryDatabase();
        await using var server = await database.ServeAsync(ContractTarget.Settings);
        using var other = new SqliteConnection($"Data Source={database.Setting.Split('=')[1]};Pooling=False");
        other.Open();
        await PostsAreRefusedAndRecoverAsync(server, () => Run("BEGIN IMMEDIATE"), () => Run("ROLLBACK"));

        void Run(string sql)
        {
            using var command = other.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [FactWithSmallDisk]
    public async Task A_read_only_directory_stops_the_start_with_one_line()
    {
        using var disk = new SmallDisk("ro");
        await StartFailsAsync(disk.Setting);
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start_with_one_line()
    {
        using var database = new TemporaryDatabase();
        await File.WriteAllTextAsync(database.Setting.Split('=')[1], new string('x', 100_000));
        await StartFailsAsync(database.Setting);
    }

    private static async Task StartFailsAsync(string setting)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, setting);
        Assert.Equal(1, exitCode);
        Assert.Contains("(Storage:Path) cannot be opened", Assert.Single(output), StringComparison.Ordinal);
    }

    private async Task PostsAreRefusedAndRecoverAsync(ServerProcess server, Action begin, Action end)
    {
        using var client = new CommentsClient(new(server.Address));
        using var viewer = await client.WatchAsync(_video);
        await client.PostAsync(_video, "before");

        begin();
        await PostUntilAsync(client, HttpStatusCode.ServiceUnavailable);
        using (var refused = await PostAsync(client))
        {
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal(
                "urn:problem-type:livecomments:store-failed", (await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, refused)).Type);
        }

        var during = await client.HistoryAsync(_video);
        using (var late = await client.WatchAsync(_video)) Assert.Equal(during[^1], (await late.TakeThroughAsync(during[^1]))[^1]);

        end();
        await PostUntilAsync(client, HttpStatusCode.Created);
        var last = await client.PostAsync(_video, "after");
        var history = await client.HistoryAsync(_video);
        Assert.Equal(during, history.Take(during.Count));
        // What was refused was broadcast to nobody; what was accepted, to all.
        Assert.Equal(history, await viewer.TakeThroughAsync(last));
        // One line when it began, not one for each post.
        Assert.Single(server.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    private async Task PostUntilAsync(CommentsClient client, HttpStatusCode expected)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        HttpStatusCode status;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            using var answer = await PostAsync(client);
            status = answer.StatusCode;
            Assert.True(status is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, $"got {status}");
        }
        while (status != expected);
    }

    private Task<HttpResponseMessage> PostAsync(CommentsClient client) =>
        client.SendAsync(_video, CommentsClient.Body("Ada", new string('x', 500)));
}
