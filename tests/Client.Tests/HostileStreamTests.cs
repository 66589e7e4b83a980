namespace LiveComments.Client.Tests;

/// <summary>Servers, and what stands before them, that send what no server of ours sends. Time flies where the client waits.</summary>
public sealed class HostileStreamTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTime _time = new();
    private readonly LiveCommentsClient _client;

    public HostileStreamTests() => _client = _server.NewClient(_time);

    public static TheoryData<string> Garbage => new(
        "id: 2\nevent: comment\ndata: {\"id\":\"2\"\n\n",
        "id: 2\nevent: comment\ndata: nothing\n\n",
        "id: 2\nevent: comment\ndata: null\n\n",
        "id: 2\nevent: comment\ndata: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n\n",
        "id: 2\nevent: comment\ndata: {\"id\":2,\"liveVideoId\":\"v\",\"author\":\"Ada\",\"message\":\"m\",\"createdAt\":\"2026-01-02T03:04:05Z\"}\n\n",
        "id: 2\nevent: comment\ndata: {\"id\":\"2\",\"liveVideoId\":\"w\",\"author\":\"Ada\",\"message\":\"m\",\"createdAt\":\"2026-01-02T03:04:05Z\"}\n\n",
        "id: 2\nevent: comment\ndata: {\"id\":\"2\",\"liveVideoId\":\"v\",\"author\":null,\"message\":\"m\",\"createdAt\":\"2026-01-02T03:04:05Z\"}\n\n",
        "id: 2\nevent: comment\ndata: {\"id\":\"2\",\"liveVideoId\":\"v\",\"author\":\"\xff\xfe\",\"message\":\"m\",\"createdAt\":\"then\"}\n\n",
        "id: 2\nevent: comment-removed\ndata: {}\n\n",
        "event: gap\ndata: {\"after\":\"1\"}\n\n",
        "event: settings\ndata: {\"slowSeconds\":\"many\"}\n\n",
        "event: " + new string('x', 400_000),
        ": " + new string('x', 400_000),
        string.Concat(Enumerable.Repeat("data: x\n", 60_000)),
        new string('\r', 400_000),
        new string('\xff', 400_000),
        "id: 2\nevent: comment\ndata: ");

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task After_garbage_it_comes_back_right_after_the_last_entry(string garbage)
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var next = following.TakeAsync(1);
        var first = await _server.NextAsync();
        await first.SendAsync(ScriptedServer.StreamHead + "retry: 100\n\n" + ScriptedServer.Comment(1));
        Assert.Equal(1, (await next)[0].Id.Value);

        var second = following.TakeAsync(1);
        await first.EndAsync(garbage);
        var again = await _time.WhileItFliesAsync(_server.NextAsync());
        await again.SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(2));

        Assert.Equal("1", again.Header("Last-Event-ID"));
        Assert.Equal(2, (await second)[0].Id.Value);
    }

    [Theory]
    [InlineData("retry: 99999999999999999999999\n\n")]
    [InlineData("retry: -1\n\n")]
    [InlineData("retry: soon\n\n")]
    [InlineData("retry: 9223372036854775807\n\n")]
    [InlineData("retry: 86400000\n\n")]
    public async Task A_wait_that_is_no_good_is_bounded(string retry)
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var lost = ReconnectingAsync(following);

        await (await _server.NextAsync()).EndAsync(ScriptedServer.StreamHead + retry);

        Assert.InRange((await lost).RetryIn!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(13));
    }

    [Fact]
    public async Task What_came_before_is_passed_over()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var taken = following.TakeAsync(3);

        await (await _server.NextAsync()).SendAsync(ScriptedServer.StreamHead
            + string.Concat(new long[] { 5, 6, 5, 6, 4, 7 }.Select(ScriptedServer.Comment)));

        Assert.Equal([5, 6, 7], (await taken).Select(comment => comment.Id.Value));
    }

    [Fact]
    public async Task An_unknown_event_is_a_place_to_go_on_from()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var taken = following.NextAsync<CommentEvent>();
        var first = await _server.NextAsync();
        await first.SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(1));
        await taken;

        var rest = following.NextAsync<CommentEvent>();
        await first.EndAsync("id: 2\nevent: confetti\ndata: {}\n\n: keep-alive\n\nevent: confetti\ndata: {}\n\n");

        var again = await _time.WhileItFliesAsync(_server.NextAsync());
        await again.SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(3));

        Assert.Equal("2", again.Header("Last-Event-ID"));
        await rest;
    }

    [Fact]
    public async Task A_removal_that_is_told_before_its_place_is_told_once()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var taken = following.TakeAsync(1);
        await (await _server.NextAsync()).SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(1)
            + "event: comment-removed\ndata: {\"ids\":[\"1\"],\"early\":\"5\"}\n\n" + ScriptedServer.Comment(2)
            + "id: 5\nevent: comment-removed\ndata: {\"ids\":[\"1\"]}\n\n" + ScriptedServer.Comment(6));
        await taken;

        var removal = Assert.IsType<RemovalEvent>(await following.NextAsync());
        Assert.Equal((5, 1), (removal.Id.Value, removal.Position!.Value.Value));
        Assert.Equal(2, Assert.IsType<CommentEvent>(await following.NextAsync()).Comment.Id.Value);
        Assert.Equal(6, Assert.IsType<CommentEvent>(await following.NextAsync()).Comment.Id.Value);
    }

    [Fact]
    public async Task An_event_may_come_byte_by_byte()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var taken = following.TakeAsync(2);
        var stream = await _server.NextAsync();
        // Each letter of the author is two bytes of UTF-8.
        var events = ScriptedServer.StreamHead + ScriptedServer.Comment(1) + ScriptedServer.Comment(2).Replace("Ada", "\xc3\x84\xc3\xb6", StringComparison.Ordinal);
        foreach (var one in events) await stream.SendAsync($"{one}");

        Assert.Equal(["Ada", "Äö"], (await taken).Select(comment => comment.Author));
    }

    [Fact]
    public async Task Settings_that_each_stream_begins_with_are_told_when_they_are_others()
    {
        const string Slow = "event: settings\ndata: {\"slowSeconds\":5,\"mayPost\":\"whoever\",\"fromALaterVersion\":{}}\n\n";
        await using var following = new Following(_client.FollowAsync("v"));
        var told = following.NextAsync<SettingsEvent>();
        await (await _server.NextAsync()).EndAsync(ScriptedServer.StreamHead + Slow);
        var first = (await told).Settings;

        var others = following.NextAsync<SettingsEvent>();
        await (await _time.WhileItFliesAsync(_server.NextAsync())).SendAsync(
            ScriptedServer.StreamHead + Slow + Slow + "event: settings\ndata: {\"slowSeconds\":0}\n\n");

        Assert.Equal((5, MayPost.Unknown, LinkRule.Text), (first.SlowSeconds, first.MayPost, first.Links));
        Assert.Equal(new VideoSettings(), (await others).Settings);
    }

    [Fact]
    public async Task Silence_is_a_loss()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var lost = ReconnectingAsync(following);
        var silent = await _server.NextAsync();
        await silent.SendAsync(ScriptedServer.StreamHead + "retry: 100\n\n");

        Assert.Equal(0, Assert.IsType<ProblemException>((await _time.WhileItFliesAsync(lost)).Problem).Status);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_loss()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var lost = ReconnectingAsync(following);
        await _server.NextAsync();

        Assert.NotNull((await _time.WhileItFliesAsync(lost)).Problem);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_no_stream()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var lost = ReconnectingAsync(following);

        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(200, "text/html", "<h1>Sign in</h1>"));

        Assert.Contains("text/html", (await lost).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_content_is_the_end()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var next = following.NextAsync();

        await (await _server.NextAsync()).EndAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");

        Assert.Null(await next);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_refusal_for_a_while_is_waited_out(int status)
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var lost = ReconnectingAsync(following);
        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(
            status, "application/problem+json", """{"type":"urn:problem-type:livecomments:too-many","detail":"Wait."}""", "Retry-After: 60\r\n"));

        var told = await lost;
        var problem = Assert.IsType<ProblemException>(told.Problem);
        Assert.Equal((status, "urn:problem-type:livecomments:too-many", "Wait."), (problem.Status, problem.Type, problem.Message));
        Assert.InRange(told.RetryIn!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(75));
        var taken = following.TakeAsync(1);
        await (await _time.WhileItFliesAsync(_server.NextAsync())).SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(1));
        await taken;
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_refusal_for_good_is_thrown(int status)
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var next = following.NextAsync();

        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(status, "application/problem+json", "[\"no problem\"]"));

        Assert.Equal((status, "about:blank"), Of(await Assert.ThrowsAsync<ProblemException>(() => next)));
        static (int Status, string Type) Of(ProblemException problem) => (problem.Status, problem.Type);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_asked_for_once_more()
    {
        var refused = new List<string?>();
        using var client = _server.NewClient(_time, (token, _) =>
        {
            refused.Add(token);
            return new($"token-{refused.Count}");
        });
        await using var following = new Following(client.FollowAsync("v"));
        var next = following.NextAsync();
        var first = await _server.NextAsync();
        await first.EndAsync(ScriptedServer.Answer(401, "application/problem+json", "{}"));
        var second = await _server.NextAsync();
        await second.EndAsync(ScriptedServer.Answer(401, "application/problem+json", "{}"));

        Assert.Equal(401, (await Assert.ThrowsAsync<ProblemException>(() => next)).Status);
        Assert.Equal(("Bearer token-1", "Bearer token-2"), (first.Header("Authorization"), second.Header("Authorization")));
        Assert.Equal([null, "token-1"], refused);
    }

    [Fact]
    public async Task Who_gives_tokens_may_fail_for_a_while()
    {
        var asked = 0;
        using var client = _server.NewClient(_time, (_, _) =>
            asked++ == 0 ? throw new InvalidOperationException("The site is away.") : new("token"));
        await using var following = new Following(client.FollowAsync("v"));

        Assert.Contains("The site is away.", (await ReconnectingAsync(following)).Problem!.Message, StringComparison.Ordinal);
        var taken = following.TakeAsync(1);
        await (await _time.WhileItFliesAsync(_server.NextAsync())).SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(1));
        await taken;
    }

    [Fact]
    public async Task Without_a_backlog_it_asks_first_where_the_log_ends()
    {
        await using var following = new Following(_client.FollowAsync("v", options: new() { Backlog = 0 }));
        var taken = following.TakeAsync(1);
        await (await _server.NextAsync()).EndAsync(ScriptedServer.Answer(
            200, "application/json", $$"""{"comments":[{{ScriptedServer.Json(3)}}],"nextCursor":"3","asOf":"4"}"""));

        var stream = await _server.NextAsync();
        await stream.SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(5));

        Assert.Equal("4", stream.Header("Last-Event-ID"));
        await taken;
    }

    [Fact]
    public async Task A_page_that_is_older_than_what_is_known_is_read_again_and_brings_nothing_back()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var removed = following.NextAsync<RemovalEvent>();
        await (await _server.NextAsync()).SendAsync(ScriptedServer.StreamHead + ScriptedServer.Comment(3) + ScriptedServer.Comment(4)
            + "id: 6\nevent: comment-removed\ndata: {\"ids\":[\"4\"]}\n\n");
        await removed;

        var reading = _client.ReadPageAsync("v");
        // What was removed at 2 is unheard of: the follower was told from 3 on.
        await AnswerAsync(await _server.NextAsync(), asOf: 2, 1, 2);
        await AnswerAsync(await _time.WhileItFliesAsync(_server.NextAsync()), asOf: 4, 3, 4);

        var page = await reading;
        Assert.Equal([3], page.Comments.Select(comment => comment.Id.Value));
        Assert.True(_client.IsRemoved(page.Comments[0] with { Id = new(4) }));
        Assert.False(_client.IsRemoved(page.Comments[0]));

        static Task AnswerAsync(ScriptedServer.Connection connection, long asOf, params long[] ids) => connection.EndAsync(
            ScriptedServer.Answer(200, "application/json", $$"""
                {"comments":[{{string.Join(',', ids.Reverse().Select(ScriptedServer.Json))}}],"nextCursor":null,"asOf":"{{asOf}}"}
                """));
    }

    [Fact]
    public async Task Disposing_of_the_client_ends_all_that_follow()
    {
        await using var following = new Following(_client.FollowAsync("v"));
        var next = following.NextAsync<CommentEvent>();
        await (await _server.NextAsync()).SendAsync(ScriptedServer.StreamHead);

        _client.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static async Task<ConnectionEvent> ReconnectingAsync(Following following)
    {
        while (true)
        {
            var told = await following.NextAsync<ConnectionEvent>();
            if (told.State == ConnectionState.Reconnecting) return told;
        }
    }
}
