using System.Net;
using System.Text.Json;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary>The modes of a video outlive the node.</summary>
public sealed class KeptModesTests
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");

    [Fact]
    public async Task A_change_that_was_acknowledged_holds_after_kill_9_and_so_does_who_has_just_posted()
    {
        using var database = new TemporaryDatabase();
        var video = CommentsClient.NewVideo();
        string? version;
        await using (var server = await database.ServeAsync(ContractTarget.Settings))
        {
            using var client = new CommentsClient(new(server.Address));
            await client.PostAsync(video);
            using var answer = await client.SendAsync(
                HttpMethod.Patch, $"/comments/{video}/settings", Moderator, """{"slowSeconds":300,"links":"refuse"}""");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            version = answer.Headers.ETag?.ToString();
            await server.KillAsync();
        }

        await using (var server = await database.ServeAsync(ContractTarget.Settings))
        {
            using var client = new CommentsClient(new(server.Address));
            using var viewer = await client.WatchAsync(video);
            var told = await viewer.NextAsync();
            using var settings = JsonDocument.Parse(told.Data);
            Assert.Equal(("settings", 300), (told.EventType, settings.RootElement.GetProperty("slowSeconds").GetInt32()));
            using var slow = await client.SendAsync(video, CommentsClient.Body("Ada", "Hello"));
            Assert.Equal(HttpStatusCode.TooManyRequests, slow.StatusCode);
            using var link = await client.SendAsync(video, CommentsClient.Body("Ada", "https://example.org"));
            Assert.Equal(HttpStatusCode.Forbidden, link.StatusCode);
            using var read = await client.SendAsync(HttpMethod.Get, $"/comments/{video}/settings", null);
            Assert.Equal(version, read.Headers.ETag?.ToString());
        }
    }
}
