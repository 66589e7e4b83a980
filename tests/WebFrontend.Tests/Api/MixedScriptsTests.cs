using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>Names that mix scripts, with and without the setting that refuses them.</summary>
public sealed class MixedScriptsTests : IDisposable
{
    private const string Mixed = "\u0410da";

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_name_that_mixes_scripts_is_refused_and_a_message_may_mix_them()
    {
        await using var server = await _database.ServeAsync("--Limits:RefuseMixedScripts=true");
        using var client = new CommentsClient(new(server.Address));
        await client.PostAsync(_video, Mixed, "Ada");
        await client.PostAsync(_video, "Hello", "\u0410\u043d\u043d\u0430");

        using var answer = await client.SendAsync(_video, CommentsClient.Body(Mixed, "Hello"));

        var problem = await Problem.ReadAsync(HttpStatusCode.BadRequest, answer);
        Assert.EndsWith(":invalid-comment", problem.Type, StringComparison.Ordinal);
        Assert.Equal(2, (await client.HistoryAsync(_video)).Count);
    }

    [Fact]
    public async Task Without_the_setting_it_is_taken()
    {
        await using var server = await _database.ServeAsync();
        using var client = new CommentsClient(new(server.Address));

        Assert.Equal(Mixed, (await client.PostAsync(_video, "Hello", Mixed)).Author);
    }
}
