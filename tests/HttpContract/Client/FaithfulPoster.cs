using System.Net;
using System.Net.Sockets;

namespace LiveComments.HttpContract.Client;

/// <summary>
/// Posts one comment after the other under keys, and each again until it is acknowledged, as a client does who wants nothing lost.
/// </summary>
public sealed class FaithfulPoster(CommentsClient client, PostLedger ledger, string name)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private int _posts;

    /// <summary>How many posts it made that ended without an acknowledgement, and were made again.</summary>
    public int Retries { get; private set; }

    /// <summary>How many of those got no answer at all: the connection was refused or broke.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Posts the next comment and returns it when it is acknowledged.</summary>
    public async Task<PostedComment> PostAsync()
    {
        var post = ledger.Begin($"{name}, post {_posts++}", $"{Guid.NewGuid()}");
        while (true)
        {
            if (await TryAsync(post) is { } comment)
            {
                ledger.Acknowledge(post, comment);
                return comment;
            }

            Retries++;
            await Task.Delay(Pause);
        }
    }

    private async Task<PostedComment?> TryAsync(BegunPost post)
    {
        try
        {
            using var answer = await client.SendAsync(ledger.Video, CommentsClient.Body("Ada", post.Message), post.Key);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.NotNull(answer.Headers.RetryAfter);
                return null;
            }

            return await CommentsClient.CommentOfAsync(answer.StatusCode == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Created, answer);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            Unanswered++;
            return null;
        }
    }
}
