using System.Net;
using System.Text;
using LiveComments.HttpContract.Client;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.HttpContract;

/// <summary>Who is speaking: people whom an issuer signed in, guests, and those of whom nothing is known.</summary>
public abstract class IdentityContract(ContractTarget target) : ContractTests(target)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static TestIssuer Issuer => ContractTarget.Issuer;

    [Fact]
    public async Task The_name_of_a_person_who_is_signed_in_is_the_tokens_and_says_so_everywhere()
    {
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsAsync(Issuer.Token(), Video, author: "Mallory");

        Assert.Equal("Grace", comment.Author);
        Assert.NotNull(comment.AuthorId);
        Assert.True(comment.Verified);
        Assert.Null(comment.Role);
        Assert.Equal([comment], await Client.HistoryAsync(Video));
        Assert.Equal(comment, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task The_body_of_a_person_who_is_signed_in_needs_no_author()
    {
        using var answer = await Client.SendAsync(Video, CommentsClient.Json("""{"message":"Hello"}"""), token: Issuer.Token());
        Assert.Equal("Grace", (await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer)).Author);
    }

    [Fact]
    public async Task One_person_is_one_id_on_every_video_and_no_other_has_it()
    {
        var first = await Client.PostAsAsync(Issuer.Token("user-1"), Video);
        var elsewhere = await Client.PostAsAsync(Issuer.Token("user-1", name: "Grace H."), CommentsClient.NewVideo());
        var another = await Client.PostAsAsync(Issuer.Token("user-2"), Video);

        Assert.Equal(first.AuthorId, elsewhere.AuthorId);
        Assert.NotEqual(first.AuthorId, another.AuthorId);
    }

    [Theory]
    [InlineData("comments:post comments:moderate", "moderator")]
    [InlineData("comments:manage comments:post profile", "owner")]
    [InlineData("comments:post", null)]
    public async Task The_scope_says_what_the_author_is(string scope, string? role) =>
        Assert.Equal(role, (await Client.PostAsAsync(Issuer.Token(scope: scope), Video)).Role);

    [Fact]
    public async Task A_token_without_a_name_leaves_it_to_the_body_and_does_not_vouch_for_it()
    {
        var comment = await Client.PostAsAsync(Issuer.Token(name: null), Video, author: "Ada");
        Assert.Equal("Ada", comment.Author);
        Assert.NotNull(comment.AuthorId);
        Assert.False(comment.Verified);
    }

    [Fact]
    public async Task A_guest_has_one_id_and_the_names_that_it_chooses()
    {
        var (token, authorId) = await Client.BecomeGuestAsync();
        var comments = new[]
        {
            await Client.PostAsAsync(token, Video, author: "Ada"), await Client.PostAsAsync(token, CommentsClient.NewVideo(), author: "Bob"),
        };
        var (otherToken, otherId) = await Client.BecomeGuestAsync();

        Assert.Equal(["Ada", "Bob"], comments.Select(comment => comment.Author));
        Assert.All(comments, comment => Assert.Equal(authorId, comment.AuthorId));
        Assert.All(comments, comment => Assert.False(comment.Verified));
        Assert.NotEqual(authorId, otherId);
        Assert.Equal(otherId, (await Client.PostAsAsync(otherToken, Video)).AuthorId);
    }

    [Fact]
    public async Task Of_who_sends_no_token_nothing_is_known()
    {
        var comment = await Client.PostAsync(Video);
        Assert.Null(comment.AuthorId);
        Assert.Null(comment.Role);
        Assert.False(comment.Verified);
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("")]
    public Task What_is_no_token_is_refused(string text) => RefusedAsync(text);

    [Fact]
    public async Task A_token_that_its_issuer_did_not_sign_is_refused()
    {
        await RefusedAsync(Issuer.Token(key: new SymmetricSecurityKey(new byte[32])));
        var parts = Issuer.Token().Split('.');
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
        await RefusedAsync($"{Part("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.");
        await RefusedAsync($"{Part("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.{parts[2]}");
        await RefusedAsync($"{parts[0]}.{Issuer.Token("somebody else").Split('.')[1]}.{parts[2]}");
        await RefusedAsync(Issuer.Token(issuer: "https://elsewhere.example"));
        await RefusedAsync(Issuer.Token(audience: "another"));
        await RefusedAsync(Issuer.Token(key: new SymmetricSecurityKey(new byte[64]), algorithm: SecurityAlgorithms.HmacSha512));
    }

    [Fact]
    public async Task A_clock_may_be_wrong_by_a_minute_and_no_more()
    {
        await Client.PostAsAsync(Issuer.Token(endsIn: -Minute / 2), Video);
        await Client.PostAsAsync(Issuer.Token(beginsIn: Minute / 2), Video);
        await RefusedAsync(Issuer.Token(endsIn: -2 * Minute));
        await RefusedAsync(Issuer.Token(beginsIn: 2 * Minute));
    }

    [Theory]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","sub":"user-1","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":7,"scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","exp":99999999999,"sub":"user-1","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"aud":"livecomments","exp":99999999999,"sub":"user-1","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","scope":7,"videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","scope":"comments:post","videos":{}}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","name":"\u200b","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","name":"\ud800","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":["https://site.example"],"aud":"livecomments","exp":"never","sub":"user-1","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","since":"2026-01-31","scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","since":-1,"scope":"comments:post","videos":["*"]}""")]
    [InlineData("""{"iss":"https://site.example","aud":"livecomments","exp":99999999999,"sub":"user-1","since":1e400,"scope":"comments:post","videos":["*"]}""")]
    public Task A_token_that_lacks_a_claim_or_has_another_type_there_is_refused(string payload) => RefusedAsync(Issuer.TokenOf(payload));

    [Fact]
    public async Task A_token_that_never_expires_is_taken()
    {
        var token = Issuer.TokenOf(
            """{"iss":"https://site.example","aud":["x","livecomments"],"exp":253402300799,"sub":"user-1","scope":["comments:post"],"videos":"*"}""");
        Assert.NotNull((await Client.PostAsAsync(token, Video)).AuthorId);
    }

    [Fact]
    public Task A_huge_token_is_refused() =>
        RefusedAsync(Issuer.Token(more: new Dictionary<string, object> { ["more"] = new string('x', 9_000) }));

    [Theory]
    [InlineData(null)]
    [InlineData("comments:read")]
    [InlineData("comments:poster")]
    [InlineData("comments:moderate")]
    public async Task To_post_a_token_needs_the_scope_for_it(string? scope)
    {
        using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: Issuer.Token(scope: scope));
        Assert.Contains("insufficient_scope", answer.Headers.WwwAuthenticate.ToString());
        var problem = await Problem.ReadAsync(HttpStatusCode.Forbidden, answer);
        Assert.EndsWith(":insufficient-scope", problem.Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_post_to_a_video_a_token_names_it_by_its_id_or_a_prefix()
    {
        await Client.PostAsAsync(Issuer.Token(videos: ["other", Video]), Video);
        await Client.PostAsAsync(Issuer.Token(videos: [$"{Video[..8]}*"]), Video);
        foreach (IReadOnlyList<string> videos in (IReadOnlyList<string>[])[[], ["other"], [Video[..8]], [$"{Video}x*"], [$"*{Video[8..]}"], ["te*st"]])
        {
            var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: Issuer.Token(videos: videos));
            var problem = await Problem.ReadAsync(HttpStatusCode.Forbidden, answer);
            Assert.EndsWith(":not-for-this-video", problem.Type, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Moderator")]
    [InlineData("  mODERATOR ")]
    [InlineData("Mod\u200Berator")]
    public async Task A_reserved_name_is_for_those_whose_token_says_so(string name)
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        foreach (var token in (string?[])[null, guest, Issuer.Token(name: null)])
        {
            var problem = await Problem.ReadAsync(
                HttpStatusCode.Forbidden, await Client.SendAsync(Video, CommentsClient.Body(name, "Hello"), token: token));
            Assert.EndsWith(":name-taken", problem.Type, StringComparison.Ordinal);
        }

        Assert.True((await Client.PostAsAsync(Issuer.Token(name: "Moderator"), Video)).Verified);
    }

    [Theory]
    [InlineData("Grace")]
    [InlineData(" gRACE\u200B")]
    [InlineData("Gr\u0430ce")]
    [InlineData("\uFF27race")]
    public async Task The_name_of_somebody_who_is_signed_in_and_has_written_is_theirs_on_the_video(string name)
    {
        await Client.PostAsync(Video, author: name);
        await Client.PostAsAsync(Issuer.Token("user-1"), Video);
        var (guest, _) = await Client.BecomeGuestAsync();
        foreach (var token in (string?[])[null, guest, Issuer.Token("user-2", name: null)])
        {
            var problem = await Problem.ReadAsync(
                HttpStatusCode.Forbidden, await Client.SendAsync(Video, CommentsClient.Body(name, "Hello"), token: token));
            Assert.EndsWith(":name-taken", problem.Type, StringComparison.Ordinal);
        }

        Assert.True((await Client.PostAsAsync(Issuer.Token("user-2"), Video)).Verified);
        await Client.PostAsAsync(Issuer.Token("user-1", name: null), Video, author: name);
        await Client.PostAsync(Video, author: "Gracie");
        await Client.PostAsync(CommentsClient.NewVideo(), author: name);
    }

    [Fact]
    public async Task Moderators_of_a_video_alone_are_shown_which_comments_without_a_token_are_of_one_address()
    {
        var (guest, guestId) = await Client.BecomeGuestAsync();
        await Client.PostAsync(Video, "first");
        await Client.PostAsync(Video, "second", author: "Bob");
        await Client.PostAsAsync(guest, Video, "third");

        const string Moderate = "comments:moderate";
        var seen = await AuthorsAsync(Issuer.Token(scope: Moderate));
        Assert.NotNull(seen[0]);
        Assert.Equal([seen[0], seen[0], guestId], seen);
        Assert.NotEqual(guestId, seen[0]);
        foreach (var token in (string?[])
            [null, guest, "garbage", Issuer.Token(), Issuer.Token(scope: Moderate, videos: ["other"]), Issuer.Token(scope: Moderate, endsIn: -2 * Minute)])
            Assert.Equal([null, null, guestId], await AuthorsAsync(token));

        async Task<List<string?>> AuthorsAsync(string? token)
        {
            using var answer = await Client.GetPageAsync(Video, token);
            return [.. PostedPage.Parse(await answer.Content.ReadAsStringAsync()).Comments.Reverse().Select(comment => comment.AuthorId)];
        }
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_its_author()
    {
        const string Key = "one key";
        var (guest, _) = await Client.BecomeGuestAsync();
        var comments = new List<PostedComment>();
        foreach (var token in (string?[])[null, guest, Issuer.Token(name: null), Issuer.Token("user-2", name: null)])
        {
            using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), Key, token);
            comments.Add(await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer));
            using var repeat = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), Key, token);
            Assert.Equal(comments[^1], await CommentsClient.CommentOfAsync(HttpStatusCode.OK, repeat));
        }

        Assert.Equal(comments, await Client.HistoryAsync(Video));
    }

    private async Task RefusedAsync(string token)
    {
        var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), token: token);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString());
        var problem = await Problem.ReadAsync(HttpStatusCode.Unauthorized, answer);
        Assert.EndsWith(":invalid-token", problem.Type, StringComparison.Ordinal);
        Assert.DoesNotContain(await Client.HistoryAsync(Video), comment => comment.Author == "Ada");
    }

    private static string Part(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));
}
