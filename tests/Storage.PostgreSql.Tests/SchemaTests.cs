using LiveComments.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LiveComments.Storage.PostgreSql.Tests;

/// <summary>What is seen to before a node serves.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SchemaTests(PostgresServer server)
{
    private readonly string _schema = Stores.NewSchema();

    [Fact]
    public async Task Nodes_that_start_at_once_make_the_tables_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.OpenAsync(_schema))).InTime();
        Assert.Equal(2, await server.AskAsync($"SELECT version FROM {_schema}.version"));
        Assert.Equal(2L, await server.AskAsync($"SELECT count(*) FROM {_schema}.parts"));
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Fact]
    public async Task Tables_of_the_first_version_are_continued()
    {
        var video = LiveVideoId.Parse("video");
        var old = new Comment(new(1), video, "Ada", "Hello");
        await using (var store = await server.OpenAsync(_schema)) await store.AppendAsync(video, CommentId.None, [new(old, null)]).InTime();
        foreach (var table in (string[])["entries", "decisions"])
            await server.AskAsync($"ALTER TABLE {_schema}.{table} DROP COLUMN reply_to");
        await server.AskAsync($"UPDATE {_schema}.version SET version = 1");

        await using var again = await server.OpenAsync(_schema);
        var reply = new Comment(new(2), video, "Bo", "Hello") { ReplyTo = old.Id };
        Assert.Equal(AppendResult.Appended, await again.AppendAsync(video, old.Id, [new(reply, null)]).InTime());
        Assert.Equal([reply, old], await again.ReadCommentsAsync(video, CommentId.Max, 9).InTime());
        Assert.Equal(2, await server.AskAsync($"SELECT version FROM {_schema}.version"));
    }

    [Fact]
    public async Task Tables_of_a_newer_version_are_refused_and_stay()
    {
        await (await server.OpenAsync(_schema)).DisposeAsync();
        await server.AskAsync($"UPDATE {_schema}.version SET version = 99");

        var refusal = await Assert.ThrowsAsync<CommentsUnavailableException>(() => server.OpenAsync(_schema));

        Assert.Contains("has version 99, made by a newer LiveComments", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99, await server.AskAsync($"SELECT version FROM {_schema}.version"));
    }

    [Fact]
    public async Task Two_services_have_two_schemas()
    {
        var video = LiveVideoId.Parse("video");
        await using var one = await server.OpenAsync(_schema);
        await using var other = await server.OpenAsync(Stores.NewSchema());
        Assert.Equal(AppendResult.Appended, await one.AppendAsync(video, CommentId.None, [new(new(new(1), video, "Ada", "Hello"), null)]).InTime());
        Assert.Empty(await other.ReadCommentsAsync(video, CommentId.Max, 9).InTime());
    }

    [Fact]
    public async Task A_role_that_may_make_no_schema_is_told_how_and_works_in_one_that_it_is_given()
    {
        var refusal = await RefusalAsync(server.ConnectionString);
        Assert.Contains($"CREATE SCHEMA {_schema} AUTHORIZATION", refusal, StringComparison.Ordinal);

        await server.AskAsync($"CREATE SCHEMA {_schema} AUTHORIZATION livecomments");
        await using var store = Store(server.ConnectionString);
        await store.PrepareAsync().InTime();
    }

    [Fact]
    public async Task Of_several_hosts_the_one_is_used_that_takes_writes()
    {
        var known = new NpgsqlConnectionStringBuilder(server.AdministratorConnectionString);
        await using var store = Store($"{known};Host=127.0.0.1:1,127.0.0.1:{known.Port};Target Session Attributes=primary");
        await store.PrepareAsync().InTime();
        var video = LiveVideoId.Parse("video");
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(video, CommentId.None, [new(new(new(1), video, "Ada", "Hello"), null)]).InTime());
    }

    [Theory]
    [InlineData("synchronous_commit", "Options=-c synchronous_commit=off")]
    [InlineData("database \"nowhere\" does not exist", "Database=nowhere")]
    [InlineData("role \"nobody-here\" does not exist", "Username=nobody-here")]
    [InlineData("at 127.0.0.2 (Storage:ConnectionString) cannot be opened", "Host=127.0.0.2;Port=1")]
    public async Task A_database_that_cannot_be_used_is_refused_in_words(string words, string setting) =>
        Assert.Contains(words, await RefusalAsync($"{server.AdministratorConnectionString};{setting}"), StringComparison.Ordinal);

    private async Task<string> RefusalAsync(string connectionString)
    {
        await using var store = Store(connectionString);
        return (await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.PrepareAsync().InTime())).Message;
    }

    private PostgreSqlCommentStore Store(string connectionString) => new(
        new() { ConnectionString = connectionString, Schema = _schema, TimeoutSeconds = 30 }, NullLogger<PostgreSqlCommentStore>.Instance);
}
