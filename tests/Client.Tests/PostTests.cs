using System.Net;

namespace LiveComments.Client.Tests;

/// <summary>Posts whose answer is lost, late or a refusal.</summary>
public sealed class PostTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTime _time = new();
    private readonly LiveCommentsClient _client;

    public PostTests() => _client = _server.NewClient(_time);

    [Fact]
    public async Task A_post_without_an_answer_is_sent_again_under_the_same_key()
    {
        var posting = _client.PostAsync("v", "Hello", "Ada");
        var first = await _server.NextAsync();
        await first.EndAsync("HTTP/1.1 201 Created\r\nContent-Ty");
        var second = await _time.WhileItFliesAsync(_server.NextAsync());
        await second.EndAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var third = await _time.WhileItFliesAsync(_server.NextAsync());
        await third.EndAsync(ScriptedServer.Answer(200, "application/json", ScriptedServer.Json(7)));

        Assert.Equal(7, (await posting.InTime()).Comment!.Id.Value);
        Assert.Single(new[] { first, second, third }.Select(request => request.Header("Idempotency-Key")).Distinct());
        Assert.Equal(32, first.Header("Idempotency-Key")!.Length);
    }

    [Fact]
    public async Task A_key_that_cannot_be_sent_is_refused_here()
    {
        foreach (var key in new[] { "", "a\r\nb", "ä", new string('a', 65) })
            await Assert.ThrowsAsync<ArgumentException>(async () => await _client.PostAsync("v", "Hello", "Ada", key));
    }

    [Fact]
    public async Task A_refusal_for_good_is_not_repeated()
    {
        var posting = _client.PostAsync("v", "", "Ada");

        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(
            400, "application/problem+json", """{"type":"urn:problem-type:livecomments:invalid-comment","errors":{"message":["Too short."]}}"""));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => posting);
        Assert.Equal(["Too short."], problem.Errors["message"]);
    }

    [Fact]
    public async Task A_wait_that_is_longer_than_the_time_for_it_is_a_failure_at_once()
    {
        var posting = _client.PostAsync("v", "Hello", "Ada");

        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(429, "application/problem+json", "{}", "Retry-After: 31\r\n"));

        Assert.Equal(TimeSpan.FromSeconds(31), (await Assert.ThrowsAsync<ProblemException>(() => posting)).RetryAfter);
    }

    [Fact]
    public async Task It_gives_up_when_the_time_for_it_is_over()
    {
        _server.Dispose();

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => _time.WhileItFliesAsync(_client.PostAsync("v", "Hello", "Ada")));

        Assert.Equal(0, problem.Status);
    }

    [Fact]
    public async Task What_is_held_is_no_comment_yet()
    {
        var posting = _client.PostAsync("v", "Hello", "Ada");

        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(
            202, "application/json", """{"status":"held","heldId":"9","expires":"2026-01-02T03:04:05.678Z"}"""));

        var result = await posting;
        Assert.False(result.IsPublished);
        Assert.Equal((HeldStatus.Held, 9L), (result.Held.Status, result.Held.HeldId.Value));
    }

    [Fact]
    public async Task An_answer_without_end_is_no_answer()
    {
        using var client = new LiveCommentsClient(new() { Server = _server.Address, RetryFor = TimeSpan.Zero }, _time);
        var reading = client.ReadPageAsync("v");
        var endless = await _server.NextAsync();

        await endless.EndAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + new string(' ', 5_000_000));

        Assert.Equal(0, (await Assert.ThrowsAsync<ProblemException>(() => reading)).Status);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var posting = _client.PostAsync("v", "Hello", "Ada");

        await (await _server.NextAsync()).EndAsync(
            $"HTTP/1.1 302 Found\r\nLocation: {_server.Address}elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Equal((int)HttpStatusCode.Found, (await Assert.ThrowsAsync<ProblemException>(() => posting)).Status);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
