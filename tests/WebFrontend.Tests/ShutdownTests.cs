using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary>SIGTERM while many post and watch: posts are answered, streams end cleanly, the process leaves in time.</summary>
public sealed class ShutdownTests
{
    private const string Id = "id: ";
    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(10);

    private readonly PostLedger _ledger = new();

    [Fact]
    public async Task A_node_that_is_told_to_end_finishes_what_it_began()
    {
        using var database = new TemporaryDatabase();
        List<string> lastIds;
        await using (var server = await database.ServeAsync(ContractTarget.Settings))
        {
            using var client = new CommentsClient(new(server.Address));
            var streams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.OpenStreamAsync(_ledger.Video, "?backlog=0")));
            var watching = Task.WhenAll(streams.Select(ReadToEndAsync));
            var acknowledged = new Tally();
            var posting = Task.WhenAll(Enumerable.Range(0, 8).Select(poster => PostUntilRefusedAsync(client, poster, acknowledged)));
            await acknowledged.ReachesAsync(200);

            var exitCode = await server.TerminateAsync().WaitAsync(Leave);

            Assert.Equal(0, exitCode);
            await posting.InTime();
            lastIds = [.. (await watching.InTime()).Select(lines => lines.Last(line => line.StartsWith(Id, StringComparison.Ordinal))[Id.Length..])];
        }

        await using var again = await database.ServeAsync(ContractTarget.Settings);
        using var later = new CommentsClient(new(again.Address));
        var history = await later.HistoryAsync(_ledger.Video);
        _ledger.AssertKeptIn(history);
        Assert.Equal(_ledger.Posts.Count(post => post.Acknowledged is not null), history.Count);
        foreach (var lastId in lastIds)
            await AssertResumesAsync(later, history, lastId);
    }

    [Fact]
    public async Task A_post_in_flight_is_answered_and_nobody_new_is_let_in()
    {
        const string EndOfHead = "\r\n\r\n";
        using var database = new TemporaryDatabase();
        await using var server = await database.ServeAsync();
        using var client = new CommentsClient(new(server.Address));
        using var stream = await client.OpenStreamAsync(_ledger.Video);
        var request = RawHttp.Post(server.Address, _ledger.Video, """{"author":"Ada","message":"Hello"}""", "Expect: 100-continue\r\nConnection: close\r\n");
        var body = request.IndexOf(EndOfHead, StringComparison.Ordinal) + EndOfHead.Length;
        using var poster = await RawHttp.ConnectAsync(server.Address);
        using var answers = new StreamReader(new NetworkStream(poster));
        await poster.SendAsync(Encoding.UTF8.GetBytes(request[..body]));
        Assert.Equal("HTTP/1.1 100 Continue", await answers.ReadLineAsync().InTime());
        Assert.Equal("", await answers.ReadLineAsync().InTime());

        var ending = server.TerminateAsync();
        await ReadToEndAsync(stream).InTime();
        Assert.False(await IsWelcomeAsync("/health/ready"));
        Assert.False(await IsWelcomeAsync($"/comments/{_ledger.Video}/stream"));
        await poster.SendAsync(Encoding.UTF8.GetBytes(request[body..]));

        Assert.Contains(
            RawHttp.StatusOf(await answers.ReadToEndAsync().InTime()), new[] { HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable });
        Assert.Equal(0, await ending.WaitAsync(Leave));

        async Task<bool> IsWelcomeAsync(string path)
        {
            try
            {
                using var answer = await client.Reads.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_node_without_work_leaves_at_once()
    {
        using var database = new TemporaryDatabase();
        await using var server = await database.ServeAsync();

        Assert.Equal(0, await server.TerminateAsync().WaitAsync(Leave));
    }

    private async Task PostUntilRefusedAsync(CommentsClient client, int poster, Tally acknowledged)
    {
        for (var i = 0; ; i++)
        {
            var post = _ledger.Begin($"poster {poster}, post {i}");
            try
            {
                using var answer = await client.SendAsync(_ledger.Video, CommentsClient.Body("Ada", post.Message));
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Assert.NotNull(answer.Headers.RetryAfter);
                    await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
                    continue;
                }

                _ledger.Acknowledge(post, await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer));
                acknowledged.Increment();
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode is null)
            {
                // The server closed an idle connection just as this post went out on it. It was not read, so it may not be in the history.
            }
        }
    }

    /// <summary>Reads the lines of a stream, which must end with <c>retry:</c> and by the rules of HTTP.</summary>
    private static async Task<string[]> ReadToEndAsync(HttpResponseMessage stream)
    {
        using (stream)
        {
            var lines = (await stream.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.StartsWith("retry: ", lines[^1]);
            Assert.Equal(2, lines.Count(line => line.StartsWith("retry: ", StringComparison.Ordinal)));
            return lines;
        }
    }

    private async Task AssertResumesAsync(CommentsClient client, IReadOnlyList<PostedComment> history, string lastId)
    {
        using var viewer = await client.WatchAsync(_ledger.Video, "?backlog=0", lastId);
        var missed = history.SkipWhile(comment => comment.Id != lastId).Skip(1).ToList();
        Assert.Equal(missed, await viewer.TakeAsync(missed.Count));
    }
}
