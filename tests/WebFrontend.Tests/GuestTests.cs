using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary>LiveComments in a program that is not its own, the sample <c>EmbedInAspNetCore</c>.</summary>
public sealed class GuestTests : IAsyncLifetime
{
    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "LiveComments.EmbedInAspNetCore.dll");

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();
    private ServerProcess _server = null!;
    private CommentsClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(Host, _database.Setting, "--Limits:PostsPerSecond=1", "--Limits:PostBurst=2");
        _client = new(new(_server.Address));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Comments_are_posted_read_and_streamed()
    {
        using var viewer = await _client.WatchAsync(_video);
        var comment = await _client.PostAsync(_video);
        Assert.Equal([comment], await _client.HistoryAsync(_video));
        Assert.Equal(comment, await viewer.NextCommentAsync());
    }

    [Theory]
    [InlineData("/videos/demo", "text/html")]
    [InlineData("/watch.js", "text/javascript")]
    [InlineData("/client.js", "text/javascript")]
    public async Task The_watch_page_and_its_files_load(string path, string contentType)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK, "The shop")]
    [InlineData("/products", HttpStatusCode.OK, """[{"product_name":"Lamp","unit_price":20}]""")]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "\"shop\":\"open\"")]
    [InlineData("/broken", HttpStatusCode.InternalServerError, "\"shop\":\"open\"")]
    public async Task The_host_answers_in_its_own_way(string path, HttpStatusCode status, string expected)
    {
        using var answer = await GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(expected, body);
        Assert.DoesNotContain("livecomments", body);
        Assert.DoesNotContain("openapi", body);
        Assert.False(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task The_host_takes_bodies_that_are_larger_than_a_comment_may_be()
    {
        using var answer = await _client.Posts.PostAsync("/uploads", new ByteArrayContent(new byte[100_000]));
        Assert.Equal("""{"byte_count":100000}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_bad_id_is_answered_with_a_problem_of_the_api()
    {
        var problem = await Problem.ReadAsync(HttpStatusCode.BadRequest, await GetAsync("/comments/no.id"));
        Assert.Equal("urn:problem-type:livecomments:invalid-live-video-id", problem.Type);
    }

    [Fact]
    public async Task Too_many_posts_are_refused_although_the_host_limits_no_rate()
    {
        HttpResponseMessage answer;
        do answer = await _client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"));
        while (answer.StatusCode == HttpStatusCode.Created);

        Assert.NotNull(answer.Headers.RetryAfter);
        var problem = await Problem.ReadAsync(HttpStatusCode.TooManyRequests, answer);
        Assert.Equal("urn:problem-type:livecomments:too-many-posts", problem.Type);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _client.Reads.GetAsync(path);
}
