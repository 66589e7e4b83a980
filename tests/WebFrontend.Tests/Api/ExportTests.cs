using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>A copy of a video's comments, for its owner.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private ServerProcess _node = null!;
    private CommentsClient _client = null!;

    private static string Owner => ContractTarget.Issuer.Token("owner", scope: "comments:manage");

    public async Task InitializeAsync()
    {
        _node = await _database.ServeAsync(ContractTarget.Settings);
        _client = new(new(_node.Address));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _node.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task It_has_all_comments_one_a_line_and_none_that_was_removed()
    {
        var video = CommentsClient.NewVideo();
        var posted = await _client.PostManyAsync(video, 2_100, i => $"line {i}\nand another");
        await _client.RemoveAsync(posted[1_000], ContractTarget.Issuer.Token(scope: "comments:moderate"));

        using var answer = await _client.SendAsync(HttpMethod.Get, $"/comments/{video}/export", Owner);

        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.EndsWith("\n", text);
        var lines = text.TrimEnd('\n').Split('\n').Select(PostedComment.Parse).ToList();
        Assert.Equal(posted.Except([posted[1_000]]).Reverse(), lines);
        using var rest = await _client.SendAsync(HttpMethod.Get, $"/comments/{video}/export?cursor={posted[2].Id}", Owner);
        Assert.Equal(2, (await rest.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Only_an_owner_gets_it()
    {
        using var nobody = await _client.SendAsync(HttpMethod.Get, "/comments/v/export", null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var moderator = await _client.SendAsync(
            HttpMethod.Get, "/comments/v/export", ContractTarget.Issuer.Token(scope: "comments:moderate"));
        Assert.Equal(HttpStatusCode.Forbidden, moderator.StatusCode);
        using var empty = await _client.SendAsync(HttpMethod.Get, "/comments/v/export", Owner);
        Assert.Equal("", await empty.Content.ReadAsStringAsync());
    }
}
