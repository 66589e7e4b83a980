using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Client.Tests;

/// <summary>A client that follows the real program.</summary>
public sealed class FollowTests(CommentsServer server) : IClassFixture<CommentsServer>
{
    private static int _videos;

    private readonly string _video = $"follow-{Interlocked.Increment(ref _videos)}";
    private readonly LiveCommentsClient _client = server.NewClient();

    [Fact]
    public async Task The_backlog_comes_first_and_then_what_is_posted()
    {
        var before = await PostAsync("One", "Two", "Three");
        await using var following = new Following(_client.FollowAsync(_video, options: new() { Backlog = 2 }));

        Assert.Equal(before.Skip(1), await following.TakeAsync(2));
        var after = await PostAsync("Four");
        Assert.Equal(after, await following.TakeAsync(1));
    }

    [Fact]
    public async Task A_reply_says_what_it_answers()
    {
        var parent = (await _client.PostAsync(_video, "Who is there?", "Ada")).Comment!;
        var reply = (await _client.PostAsync(_video, "It is me", "Bo", replyTo: parent.Id)).Comment!;
        Assert.Equal((null, parent.Id), (parent.ReplyTo, reply.ReplyTo));

        await using var following = new Following(_client.FollowAsync(_video));
        Assert.Equal([parent, reply], await following.TakeAsync(2));
        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => _client.PostAsync(_video, "Whom?", "Bo", replyTo: new CommentId(long.MaxValue)));
        Assert.EndsWith(":no-such-parent", problem.Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_after_the_position_of_an_event()
    {
        var posted = await PostAsync("One", "Two", "Three");
        LiveEvent first;
        await using (var before = new Following(_client.FollowAsync(_video))) first = await before.NextAsync<CommentEvent>();

        await using var following = new Following(_client.FollowAsync(_video, first.Position));

        Assert.Equal(posted.Skip(1), await following.TakeAsync(2));
    }

    [Fact]
    public async Task It_goes_on_after_a_page()
    {
        var posted = await PostAsync("One", "Two");
        var page = await _client.ReadPageAsync(_video);
        Assert.Equal(posted.Reverse(), page.Comments);
        var live = await PostAsync("Three");

        await using var following = new Following(_client.FollowAsync(_video, page.AsOf));

        Assert.Equal(live, await following.TakeAsync(1));
    }

    [Fact]
    public async Task A_removal_is_told_with_the_comments_that_it_takes_back()
    {
        var token = TestIssuer.OfTheContract.Token(scope: "comments:post comments:read comments:moderate");
        using var moderator = server.NewClient((_, _) => new(token));
        var posted = await PostAsync("One", "Two");
        await using var following = new Following(_client.FollowAsync(_video));
        await following.TakeAsync(2);

        await moderator.RemoveAsync(_video, posted[0].Id, "spam");

        var removal = await following.NextAsync<RemovalEvent>();
        Assert.True(removal.Removed.Include(posted[0]));
        Assert.False(removal.Removed.Include(posted[1]));
        Assert.Equal(removal.Id, removal.Position);
        Assert.Equal([posted[1]], (await _client.ReadPageAsync(_video)).Comments);
    }

    [Fact]
    public async Task Settings_are_told_when_they_change()
    {
        await using var following = new Following(_client.FollowAsync(_video));
        await following.NextAsync<ConnectionEvent>();

        using var http = new HttpClient { BaseAddress = server.Address };
        var token = TestIssuer.OfTheContract.Token(scope: "comments:moderate");
        using var change = new HttpRequestMessage(HttpMethod.Patch, $"comments/{_video}/settings")
        {
            Content = new StringContent("""{"slowSeconds":7,"mayPost":"signedIn"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        change.Headers.Authorization = new("Bearer", token);
        (await http.SendAsync(change)).EnsureSuccessStatusCode();

        var settings = (await following.NextAsync<SettingsEvent>()).Settings;
        Assert.Equal((7, MayPost.SignedIn, VideoState.Open), (settings.SlowSeconds, settings.MayPost, settings.State));
    }

    [Fact]
    public async Task The_pinned_comment_is_told_until_it_is_removed()
    {
        var comment = (await PostAsync("Read this first"))[0];
        await using var following = new Following(_client.FollowAsync(_video));
        var token = TestIssuer.OfTheContract.Token(scope: "comments:moderate");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var pin = new HttpRequestMessage(HttpMethod.Put, $"comments/{_video}/pin")
        {
            Content = new StringContent($$"""{"id":"{{comment.Id}}"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        pin.Headers.Authorization = new("Bearer", token);
        (await http.SendAsync(pin)).EnsureSuccessStatusCode();
        Assert.Equal(comment, (await following.NextAsync<PinEvent>()).Comment);

        using var removal = new HttpRequestMessage(HttpMethod.Delete, $"comments/{_video}/{comment.Id}");
        removal.Headers.Authorization = new("Bearer", token);
        (await http.SendAsync(removal)).EnsureSuccessStatusCode();
        Assert.Null((await following.NextAsync<PinEvent>()).Comment);
    }

    [Fact]
    public async Task What_is_not_sent_is_a_gap_that_the_history_fills()
    {
        var posted = await PostAsync([.. Enumerable.Range(0, ContractTarget.Replay + 12).Select(number => $"{number}")]);
        await using var following = new Following(_client.FollowAsync(_video, posted[0].Id, new() { Backlog = 5 }));

        var gap = await following.NextAsync<GapEvent>();
        var backlog = await following.TakeAsync(5);

        var missed = new List<Comment>();
        await foreach (var comment in _client.ReadHistoryAsync(_video, gap.Before))
        {
            if (comment.Id <= gap.After) break;
            missed.Insert(0, comment);
        }

        Assert.Equal(posted.Skip(1), missed.Concat(backlog));
    }

    [Fact]
    public async Task A_private_video_is_refused_without_a_token()
    {
        await using var following = new Following(_client.FollowAsync(TestIssuer.PrivatePrefix + _video));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => following.NextAsync<CommentEvent>());

        Assert.Equal((401, "urn:problem-type:livecomments:token-needed"), (problem.Status, problem.Type));
    }

    [Fact]
    public async Task A_token_that_expires_is_replaced_and_nothing_is_missed()
    {
        var video = TestIssuer.PrivatePrefix + _video;
        var token = TestIssuer.OfTheContract.Token();
        using var poster = server.NewClient((_, _) => new(token));
        var asked = 0;
        // The server takes a token for a minute after its end, for clocks that differ: the first is good for seconds more, the others for long.
        using var client = server.NewClient((_, _) => new(TestIssuer.OfTheContract.Token(
            endsIn: TimeSpan.FromSeconds(Interlocked.Increment(ref asked) == 1 ? -55 : 600))));
        var before = (await poster.PostAsync(video, "Before")).Comment!;
        await using var following = new Following(client.FollowAsync(video));
        Assert.Equal(ConnectionState.Live, (await following.NextAsync<ConnectionEvent>()).State);
        Assert.Equal([before], await following.TakeAsync(1));

        Assert.Equal(ConnectionState.Reconnecting, (await following.NextAsync<ConnectionEvent>()).State);
        var meanwhile = (await poster.PostAsync(video, "Meanwhile")).Comment!;

        Assert.Equal([meanwhile], await following.TakeAsync(1));
        Assert.True(asked > 1);
    }

    [Fact]
    public async Task Leaving_the_loop_ends_the_stream()
    {
        await PostAsync("One");
        var seen = 0;
        await foreach (var told in _client.FollowAsync(_video))
        {
            if (told is not CommentEvent) continue;
            seen++;
            break;
        }

        Assert.Equal(1, seen);
        using var ended = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var told in _client.FollowAsync(_video, cancellation: ended.Token))
                if (told is CommentEvent) await ended.CancelAsync();
        });
    }

    private async Task<IReadOnlyList<Comment>> PostAsync(params IReadOnlyList<string> messages)
    {
        var posted = new List<Comment>();
        foreach (var message in messages) posted.Add((await _client.PostAsync(_video, message, "Ada").InTime()).Comment!);
        return posted;
    }
}
