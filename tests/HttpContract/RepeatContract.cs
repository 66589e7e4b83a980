using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>
/// Posts with an <c>Idempotency-Key</c>: the same key on the same live video gives the first comment again, and no other post may use it.
/// </summary>
public abstract class RepeatContract(ContractTarget target) : ContractTests(target)
{
    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task A_repeat_answers_200_with_the_first_comment()
    {
        var first = await Client.PostAsync(Video, "Hello", key: _key);

        Assert.Equal(first, await RepeatAsync("Ada", "Hello"));
        Assert.Equal(first, await RepeatAsync(" Ada ", "Hello\n"));
    }

    [Theory]
    [InlineData("Grace", "Hello")]
    [InlineData("Ada", "Another")]
    [InlineData("ada", "Hello")]
    public async Task A_key_of_another_post_is_refused_and_publishes_nothing(string author, string message)
    {
        var first = await Client.PostAsync(Video, "Hello", key: _key);

        var problem = await Problem.ReadAsync(
            HttpStatusCode.UnprocessableEntity, await Client.SendAsync(Video, CommentsClient.Body(author, message), _key));

        Assert.EndsWith(":idempotency-key-reused", problem.Type, StringComparison.Ordinal);
        Assert.Equal([first], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_key_of_another_post_is_refused_also_when_many_comments_came_between()
    {
        await Client.PostAsync(Video, "Hello", key: _key);
        await Client.PostManyAsync(Video, 300);

        await Problem.ReadAsync(
            HttpStatusCode.UnprocessableEntity, await Client.SendAsync(Video, CommentsClient.Body("Grace", "Hello"), _key));
    }

    [Fact]
    public async Task A_repeat_publishes_nothing()
    {
        using var viewer = await Client.WatchAsync(Video);
        var first = await Client.PostAsync(Video, key: _key);

        await RepeatAsync("Ada", "Hello");
        var next = await Client.PostAsync(Video, "Next");

        Assert.Equal([first, next], await Client.HistoryAsync(Video));
        Assert.Equal([first, next], await viewer.TakeAsync(2));
    }

    [Fact]
    public async Task A_repeat_is_known_when_many_comments_came_between()
    {
        var first = await Client.PostAsync(Video, key: _key);

        await Client.PostManyAsync(Video, ContractTarget.Replay + 100);

        Assert.Equal(first, await RepeatAsync("Ada", "Hello"));
    }

    [Fact]
    public async Task Concurrent_repeats_create_one_comment()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), _key);
            return (answer.StatusCode, Comment: await CommentsClient.CommentOfAsync(answer.StatusCode, answer));
        }));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var comment = Assert.Single(answers.Select(answer => answer.Comment).Distinct());
        Assert.Equal([comment], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_key_counts_on_its_own_live_video_alone()
    {
        var other = CommentsClient.NewVideo();

        var here = await Client.PostAsync(Video, key: _key);
        var there = await Client.PostAsync(other, key: _key);

        Assert.Equal([here], await Client.HistoryAsync(Video));
        Assert.Equal([there], await Client.HistoryAsync(other));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_are_different()
    {
        await Client.PostAsync(Video, key: "a");
        await Client.PostAsync(Video, key: "A");

        Assert.Equal(2, (await Client.HistoryAsync(Video)).Count);
    }

    [Fact]
    public async Task A_refused_post_leaves_its_key_free()
    {
        await Problem.ReadAsync(HttpStatusCode.BadRequest, await Client.SendAsync(Video, CommentsClient.Body("Ada", ""), _key));

        await Client.PostAsync(Video, "Hello", key: _key);
    }

    [Theory]
    [InlineData("k")]
    [InlineData("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-")]
    [InlineData("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    public async Task A_good_key_is_taken(string key)
    {
        var first = await Client.PostAsync(Video, key: key);

        using var answer = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Hello"), key);

        Assert.Equal(first, await CommentsClient.CommentOfAsync(HttpStatusCode.OK, answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-x")]
    [InlineData("k\u00e9y")]
    [InlineData("k\ty")]
    public async Task A_bad_key_is_refused(string key)
    {
        var answer = await RawHttp.ExchangeAsync(
            Target.PostAddress,
            RawHttp.Post(Target.PostAddress, Video, """{"author":"Ada","message":"Hello"}""", $"Idempotency-Key: {key}\r\nConnection: close\r\n"));

        Assert.Equal(HttpStatusCode.BadRequest, RawHttp.StatusOf(answer));
        Assert.Contains("application/problem+json", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await Client.PageAsync(Video)).Comments);
    }

    private async Task<PostedComment> RepeatAsync(string author, string message)
    {
        using var answer = await Client.SendAsync(Video, CommentsClient.Body(author, message), _key);
        return await CommentsClient.CommentOfAsync(HttpStatusCode.OK, answer);
    }
}
