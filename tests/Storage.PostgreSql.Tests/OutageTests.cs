using System.Collections.Concurrent;
using LiveComments.Postgres;
using Microsoft.Extensions.Logging;

namespace LiveComments.Storage.PostgreSql.Tests;

/// <summary>A server that is killed or stands still: nothing acknowledged is lost, and the store recovers by itself.</summary>
public sealed class OutageTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Videos = 30;

    private readonly string _schema = Stores.NewSchema();
    private readonly Lines _lines = new();

    [Fact]
    public async Task What_was_acknowledged_when_the_server_is_killed_is_there_once_and_in_order()
    {
        await using var store = await server.OpenAsync(_schema, logger: _lines);
        for (var round = 0; round < 3; round++)
        {
            using var ended = new CancellationTokenSource();
            var acknowledged = new ConcurrentDictionary<LiveVideoId, long>();
            var (enough, count) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
            var writing = Enumerable.Range(0, Videos).Select(i => Task.Run(() => WriteAsync(LiveVideoId.Parse($"v{i}")))).ToList();
            await enough.Task.InTime();

            await server.KillAsync();
            await Task.WhenAll(writing).InTime();
            await server.StartAsync();

            foreach (var (video, last) in acknowledged)
            {
                var kept = await UntilReadAsync(() => store.ReadCommentsAsync(video, CommentId.Max, 100_000));
                // One more may be there: that of the append which was not answered.
                Assert.InRange(kept[0].Id.Value, last, last + 1);
                Assert.Equal(Enumerable.Range(1, kept.Count).Reverse().Select(id => (long)id), kept.Select(comment => comment.Id.Value));
            }

            async Task WriteAsync(LiveVideoId video)
            {
                try
                {
                    for (var last = (await UntilReadAsync(() => store.ReadTailAsync(video, CommentId.Max))).Last; ; last = last.Successor)
                    {
                        Assert.Equal(AppendResult.Appended, await store.AppendAsync(
                            video, last, [new(new(last.Successor, video, "Ada", "Hello"), null)]));
                        acknowledged[video] = last.Value + 1;
                        if (Interlocked.Increment(ref count) == 1_000) enough.TrySetResult();
                    }
                }
                catch (CommentsUnavailableException)
                {
                    // The server is gone.
                }
            }
        }

        var video0 = LiveVideoId.Parse("v0");
        await AppendsAgainAsync(store, video0);
        // A line for each time that it went, and one for each that it came back.
        Assert.Equal(3, _lines.Count(LogLevel.Error));
        Assert.Equal(3, _lines.Count(LogLevel.Information));
    }

    [Fact]
    public async Task While_the_server_stands_still_appends_and_reads_fail_in_time_and_then_go_on()
    {
        var settings = new PostgreSqlOptions
        {
            ConnectionString = server.AdministratorConnectionString,
            Schema = _schema,
            TimeoutSeconds = 1,
        };
        await (await server.OpenAsync(_schema)).DisposeAsync();
        await using var store = new PostgreSqlCommentStore(settings, _lines);
        var video = LiveVideoId.Parse("video");
        await AppendsAgainAsync(store, video);

        await server.PauseAsync();
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => AppendAsync(store, video, new(1)).InTime());
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.ReadCommentsAsync(video, CommentId.Max, 1).InTime());
        await server.ContinueAsync();

        await AppendsAgainAsync(store, video);
        Assert.NotEqual(0, _lines.Count(LogLevel.Error, "The log cannot be written"));
    }

    private static async Task<AppendResult> AppendAsync(PostgreSqlCommentStore store, LiveVideoId video, CommentId last) =>
        await store.AppendAsync(video, last, [new(new(last.Successor, video, "Ada", "Hello"), null)]);

    /// <summary>Completes when an append has succeeded, as an owner makes it: from where the log ends.</summary>
    private static Task AppendsAgainAsync(PostgreSqlCommentStore store, LiveVideoId video) => Patience.UntilAsync(async () =>
    {
        try
        {
            return await AppendAsync(store, video, (await store.ReadTailAsync(video, CommentId.Max)).Last) == AppendResult.Appended;
        }
        catch (CommentsUnavailableException)
        {
            return false;
        }
    });

    private static async Task<T> UntilReadAsync<T>(Func<Task<T>> read)
        where T : class
    {
        T? found = null;
        await Patience.UntilAsync(async () =>
        {
            try
            {
                found = await read();
                return true;
            }
            catch (CommentsUnavailableException)
            {
                return false;
            }
        });
        return found!;
    }
}
