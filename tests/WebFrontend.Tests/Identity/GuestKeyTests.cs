using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Identity;

/// <summary>The key of a site: made by a single node for itself, and given to all others.</summary>
public sealed class GuestKeyTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_single_node_makes_its_own_and_its_guests_stay_who_they_are_over_a_restart()
    {
        string token, authorId;
        await using (var server = await _database.ServeAsync())
        {
            using var client = new CommentsClient(new(server.Address));
            (token, authorId) = await client.BecomeGuestAsync();
            Assert.Equal(authorId, (await client.PostAsAsync(token, _video)).AuthorId);
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_database.Folder, "guest.key")));
        await using var again = await _database.ServeAsync();
        using var later = new CommentsClient(new(again.Address));
        Assert.Equal(authorId, (await later.PostAsAsync(token, _video)).AuthorId);
        Assert.Equal([authorId, authorId], (await later.HistoryAsync(_video)).Select(comment => comment.AuthorId));
    }

    [Fact]
    public async Task Guests_who_are_denied_get_no_tokens_and_theirs_are_not_taken()
    {
        string token;
        await using (var server = await _database.ServeAsync())
        {
            using var client = new CommentsClient(new(server.Address));
            token = (await client.BecomeGuestAsync()).Token;
        }

        await using var strict = await _database.ServeAsync("--Auth:Guests=deny");
        using var guest = new CommentsClient(new(strict.Address));
        await Problem.ReadAsync(HttpStatusCode.NotFound, await guest.Posts.PostAsync("/guests", null));
        await Problem.ReadAsync(HttpStatusCode.Unauthorized, await guest.SendAsync(_video, CommentsClient.Body("Ada", "Hello"), token: token));
        await guest.PostAsync(_video);
    }

    [Fact]
    public async Task Where_anonymous_comments_are_denied_a_post_needs_a_token()
    {
        await using var server = await _database.ServeAsync("--Auth:Anonymous=deny");
        using var client = new CommentsClient(new(server.Address));
        var problem = await Problem.ReadAsync(HttpStatusCode.Unauthorized, await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello")));
        Assert.EndsWith(":token-needed", problem.Type, StringComparison.Ordinal);
        Assert.Contains("POST /guests", problem.Detail);
        await client.PostAsAsync((await client.BecomeGuestAsync()).Token, _video);
    }

    [Fact]
    public async Task One_address_gets_only_so_many_tokens()
    {
        await using var server = await _database.ServeAsync("--Limits:GuestBurst=2");
        using var client = new CommentsClient(new(server.Address));
        HttpResponseMessage answer;
        do answer = await client.Posts.PostAsync("/guests", null);
        while (answer.StatusCode == HttpStatusCode.Created);

        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.EndsWith(":too-many-guests", (await Problem.ReadAsync(HttpStatusCode.TooManyRequests, answer)).Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_posts_only_so_fast_to_a_video()
    {
        await using var server = await _database.ServeAsync("--Limits:PostsPerSecond=0", "--Limits:PostsPerSecondPerPerson=2");
        using var client = new CommentsClient(new(server.Address));
        var (token, _) = await client.BecomeGuestAsync();
        HttpResponseMessage answer;
        do answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"), token: token);
        while (answer.StatusCode == HttpStatusCode.Created);

        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.EndsWith(":person-too-fast", (await Problem.ReadAsync(HttpStatusCode.TooManyRequests, answer)).Type, StringComparison.Ordinal);
        await client.PostAsAsync((await client.BecomeGuestAsync()).Token, _video);
    }

    [Fact]
    public async Task No_changed_token_makes_the_server_fail()
    {
        await using var server = await _database.ServeAsync("--Limits:PostsPerSecond=0", "--Limits:PostsPerSecondPerPerson=0");
        using var client = new CommentsClient(new(server.Address));
        var (token, _) = await client.BecomeGuestAsync();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++)
        {
            var changed = ChangedTokens.Change(token, random);
            using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"), token: changed);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Created, $"seed {seed}, {i}: {answer.StatusCode} to {changed}");
        }

        Assert.DoesNotContain(server.Output, line => line.Contains(token, StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal));
    }
}
