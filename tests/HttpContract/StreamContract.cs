using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>The stream of a live video as Server-Sent Events (WHATWG HTML, section 9.2): its headers, lines and events.</summary>
public abstract partial class StreamContract(ContractTarget target) : ContractTests(target)
{
    [Fact]
    public async Task A_stream_is_an_event_stream_that_nobody_keeps()
    {
        using var answer = await Client.OpenStreamAsync(Video);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache, no-store", Assert.Single(answer.Headers.NonValidated["Cache-Control"]));
        Assert.Equal("no", Assert.Single(answer.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task A_stream_begins_with_a_retry_of_about_2_seconds_spread_at_random()
    {
        var retries = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            using var viewer = await Client.WatchAsync(Video);
            retries.Add(viewer.Retry);
        }

        Assert.All(retries, retry => Assert.InRange(retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
        Assert.NotEqual(1, retries.Distinct().Count());
    }

    [Fact]
    public async Task A_comment_is_an_event_of_three_lines()
    {
        using var post = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Gr\u00fc\u00dfe, \U0001f600\n\"<&>\""));
        var comment = PostedComment.Parse(await post.Content.ReadAsStringAsync());

        using var lines = await OpenLinesAsync();

        Assert.Matches(RetryLine(), await lines.ReadLineAsync().InTime());
        Assert.Equal("", await lines.ReadLineAsync().InTime());
        Assert.Equal($"id: {comment.Id}", await lines.ReadLineAsync().InTime());
        Assert.Equal("event: comment", await lines.ReadLineAsync().InTime());
        var data = await lines.ReadLineAsync().InTime();
        Assert.StartsWith("data: ", data);
        Assert.Equal(comment, PostedComment.Parse(data!["data: ".Length..]));
        Assert.Equal("", await lines.ReadLineAsync().InTime());
    }

    [Theory]
    [InlineData("one\ntwo\n\nthree")]
    [InlineData("x\nid: 1\nevent: gap\ndata: {}\n\nretry: 1\n\ndata: y")]
    [InlineData("data: x\n: comment\nid: 7")]
    [InlineData(@"\r\n\r\ndata: x\n\n")]
    [InlineData("a\u2028b\u2029c")]
    public async Task Text_forges_no_field(string message)
    {
        using var viewer = await Client.WatchAsync(Video);

        var forger = await Client.PostAsync(Video, message, "data: x");
        var next = await Client.PostAsync(Video);

        Assert.Equal(message, forger.Message);
        Assert.Equal([forger, next], await viewer.TakeAsync(2));
        using var later = await Client.WatchAsync(Video);
        Assert.Equal([forger, next], await later.TakeAsync(2));
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive()
    {
        using var lines = await OpenLinesAsync();

        string? line;
        do
            line = await lines.ReadLineAsync().InTime();
        while (line is not (null or ": keep-alive"));

        Assert.NotNull(line);
    }

    [Fact]
    public async Task Viewers_that_leave_take_nothing_from_the_others()
    {
        using var staying = await Client.WatchAsync(Video);
        var posted = new List<PostedComment>();

        for (var i = 0; i < 10; i++)
        {
            using var leaving = await Client.WatchAsync(Video, "?backlog=0");
            posted.Add(await Client.PostAsync(Video, $"Comment {i}"));
            Assert.Equal(posted[^1], await leaving.NextCommentAsync());
        }

        posted.Add(await Client.PostAsync(Video, "Last"));
        Assert.Equal(posted, await staying.TakeAsync(posted.Count));
    }

    [Fact]
    public async Task A_viewer_that_reads_nothing_takes_nothing_from_the_others()
    {
        using var asleep = await FallAsleepAsync();
        using var awake = await Client.WatchAsync(Video);

        var text = new string('x', 500);
        for (var i = 0; i < 100; i++)
        {
            var comments = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Client.PostAsync(Video, text)));
            Assert.Equal(comments.OrderBy(comment => comment.Number), await awake.TakeAsync(20));
        }
    }

    /// <summary>Opens a stream of which nothing is read after its beginning.</summary>
    private async Task<IDisposable> FallAsleepAsync()
    {
        // Its client takes no more than the window of the stream.
        if (Target.HttpVersion.Major == 2) return await Client.OpenStreamAsync(Video);
        var asleep = await RawHttp.OpenAsync(Target.ReadAddress, receiveBuffer: 4096);
        await asleep.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /comments/{Video}/stream HTTP/1.1\r\nHost: {Target.ReadAddress.Authority}\r\n\r\n"));
        await asleep.ReadExactlyAsync(new byte[1]).AsTask().InTime();
        return asleep;
    }

    private async Task<StreamReader> OpenLinesAsync()
    {
        var answer = await Client.OpenStreamAsync(Video);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    [GeneratedRegex(@"\Aretry: [0-9]{4}\z")]
    private static partial Regex RetryLine();
}
