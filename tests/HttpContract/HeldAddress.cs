using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>That a ban holds the address of its guest and no other, through whatever nodes posts come.</summary>
public static class HeldAddress
{
    /// <summary>
    /// Bans a guest who writes to a video at <paramref name="node"/> from 127.0.0.2, and looks who may write there then. Nodes behind it
    /// must trust 127.0.0.1.
    /// </summary>
    public static async Task IsThatOfTheGuestAsync(Uri node)
    {
        var video = CommentsClient.NewVideo();
        using var client = new CommentsClient(new(node));
        using var two = LocalAddress.Client(node, 2);
        using var three = LocalAddress.Client(node, 3);
        var (guest, authorId) = await client.BecomeGuestAsync();
        var (other, _) = await client.BecomeGuestAsync();
        Assert.Equal(HttpStatusCode.Created, await PostAsync(two, guest));

        var moderator = ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");
        using var answer = await client.SendAsync(
            HttpMethod.Put, $"/comments/{video}/bans/{authorId}", moderator, """{"until":"PT10M","address":true}""");
        Assert.Contains("\"address\":true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        foreach (var token in (string?[])[other, null])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(two, token));
            Assert.Equal(HttpStatusCode.Created, await PostAsync(three, token));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(three, guest));

        async Task<HttpStatusCode> PostAsync(HttpClient from, string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/comments/{video}");
            request.Content = CommentsClient.Body("Ada", "Hello");
            if (token is not null) request.Headers.Authorization = new("Bearer", token);
            using var post = await from.SendAsync(request);
            return post.StatusCode;
        }
    }
}
