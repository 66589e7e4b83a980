using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;
using static LiveComments.WebFrontend.Tests.Review.HookServer;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>Reviews on the real program, with a real hook.</summary>
public sealed class ReviewServerTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Words_are_refused_by_the_list_and_held_by_the_hook_and_nothing_of_them_is_public()
    {
        await using var hook = await StartAsync();
        hook.Answer = comments => Verdicts(comments.Select(comment => comment.GetProperty("message").GetString() switch
        {
            "doubtful" => Verdict(comment, "hold", reason: "toxic"),
            "long" => Verdict(comment, "replace", message: "short"),
            _ => Verdict(comment, "publish"),
        }));
        await using var server = await _database.ServeAsync(
            "--Moderation:Words:List:0=bad", "--Moderation:Words:Verdict=Refuse", $"--Moderation:Hook:Url={hook.Address}",
            $"--Moderation:Hook:Secret={ReviewParts.Secret}", "--Moderation:Hook:TimeoutMs=5000");
        using var client = new CommentsClient(new(server.Address));

        using var refused = await client.SendAsync(_video, CommentsClient.Body("Ada", "B.A.D"));
        Assert.EndsWith(":refused-by-review", (await Problem.ReadAsync(HttpStatusCode.Forbidden, refused)).Type, StringComparison.Ordinal);
        using var held = await client.SendAsync(_video, CommentsClient.Body("Ada", "doubtful"), key: "k");
        Assert.Equal(HttpStatusCode.Accepted, held.StatusCode);
        using var heldAgain = await client.SendAsync(_video, CommentsClient.Body("Ada", "doubtful"), key: "k");
        Assert.Equal(HttpStatusCode.Accepted, heldAgain.StatusCode);
        Assert.Equal(await HeldIdAsync(held), await HeldIdAsync(heldAgain));
        await client.PostAsync(_video, "fine");
        using var replaced = await client.SendAsync(_video, CommentsClient.Body("Ada", "long"));
        Assert.Equal("short", (await CommentsClient.CommentOfAsync(HttpStatusCode.Created, replaced)).Message);

        Assert.Equal(["fine", "short"], (await client.HistoryAsync(_video)).Select(comment => comment.Message));
        Assert.Empty(hook.Faults);
    }

    [Fact]
    public async Task Without_the_hook_comments_are_held()
    {
        await using var server = await _database.ServeAsync(
            "--Moderation:Hook:Url=http://127.0.0.1:1/", $"--Moderation:Hook:Secret={ReviewParts.Secret}");
        using var client = new CommentsClient(new(server.Address));

        using var held = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"));

        Assert.Equal(HttpStatusCode.Accepted, held.StatusCode);
        Assert.Empty(await client.HistoryAsync(_video));
    }

    private static async Task<string> HeldIdAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("heldId").GetString()!;
    }
}
