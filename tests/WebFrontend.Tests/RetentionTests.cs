using System.Text.Json;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.WebFrontend.Tests;

/// <summary>What viewers are told of comments that were removed because of their age, at a node and at an edge.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly LiveVideoId _video = LiveVideoId.Parse(CommentsClient.NewVideo());

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_page_that_ends_where_comments_were_removed_says_so_and_who_had_less_is_told_of_the_gap()
    {
        var removed = await PutAsync(CommentId.None, TimeSpan.FromDays(9));
        var kept = await PutAsync(removed[^1], TimeSpan.FromHours(1));
        await using var server = await _database.ServeAsync([.. ContractTarget.Settings, "--Storage:RetentionDays=1"]);
        await using var edge = await EdgeServer.StartAsync(server.Address, ContractTarget.Settings);
        foreach (var address in (Uri[])[server.Address, edge.Address])
        {
            using var client = new CommentsClient(new(address));
            var page = await ExpiredPageAsync(client);
            using var viewer = await client.WatchAsync($"{_video}", lastEventId: $"{removed[0]}");
            var gap = await viewer.NextAsync();
            var came = await viewer.TakeAsync(kept.Count);

            Assert.Equal((kept.Count, null), (page.Comments.Count, page.NextCursor));
            Assert.False((await client.PageAsync($"{_video}", "?limit=1")).Expired);
            Assert.Equal("gap", gap.EventType);
            using var bounds = JsonDocument.Parse(gap.Data);
            Assert.Equal($"{removed[0]}", bounds.RootElement.GetProperty("after").GetString());
            Assert.Equal($"{kept[0]}", bounds.RootElement.GetProperty("before").GetString());
            Assert.Equal(kept.Select(id => $"{id}"), came.Select(comment => comment.Id));
        }
    }

    private async Task<PostedPage> ExpiredPageAsync(CommentsClient client)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            var page = await client.PageAsync($"{_video}");
            if (page.Expired) return page;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Appends three comments of an age.</summary>
    private async Task<List<CommentId>> PutAsync(CommentId last, TimeSpan age)
    {
        var first = CommentId.At(TimeProvider.System.GetUtcNow() - age);
        List<CommentId> ids = [first, new(first.Value + 1), new(first.Value + 2)];
        using var store = new SqliteCommentStore(new() { Path = _database.Place }, NullLogger<SqliteCommentStore>.Instance);
        var entries = ids.Select(id => new LogEntry(new(id, _video, "Ada", $"{id}"), null)).ToList();
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, last, entries).InTime());
        return ids;
    }
}
