using System.Net;
using System.Text;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>What an upstream answers that it should not is an upstream that is away.</summary>
public sealed class BadUpstreamTests : IAsyncLifetime
{
    private const string EmptyPage = """{"comments":[],"nextCursor":null}""";

    private WebApplication _upstream = null!;
    private ServerProcess _edge = null!;
    private CommentsClient _client = null!;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        _upstream = builder.Build();
        _upstream.Run(context => _answer(context));
        await _upstream.StartAsync();
        _edge = await EdgeServer.StartAsync(new(_upstream.Urls.Single()), ContractTarget.Settings);
        _client = new(new(_edge.Address));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _edge.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(200, "text/html", "<html><title>Log in</title></html>")]
    [InlineData(200, "application/json", "{\"comments\":[{\"id\":\"5")]
    [InlineData(200, "application/json", "{\"comments\":[{\"id\":5,\"liveVideoId\":\"v\",\"author\":\"a\",\"message\":\"m\"}],\"nextCursor\":null}")]
    [InlineData(200, "application/json", "{\"comments\":[{\"id\":\"5\",\"liveVideoId\":\"v\",\"author\":null,\"message\":\"m\"}],\"nextCursor\":null}")]
    [InlineData(200, "application/json", "{\"comments\":[{\"id\":\"5\",\"liveVideoId\":\"other\",\"author\":\"a\",\"message\":\"m\"}],\"nextCursor\":null}")]
    [InlineData(200, "application/json", "{\"comments\":[],\"nextCursor\":\"5\"}")]
    [InlineData(200, "application/json", "{\"comments\":[null],\"nextCursor\":null}")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(201, "application/json", "[]")]
    [InlineData(201, "text/html", "<html></html>")]
    [InlineData(202, "application/json", "{}")]
    [InlineData(202, "text/html", "<html></html>")]
    [InlineData(204, null, "")]
    [InlineData(302, null, "")]
    [InlineData(404, "text/html", "<html></html>")]
    [InlineData(500, "text/html", "<html></html>")]
    public async Task It_is_503_for_posts_pages_and_streams_and_the_video_lives_when_the_upstream_does(int status, string? type, string body)
    {
        _answer = context => AnswerAsync(context, status, type, body);
        for (var i = 0; i < 2; i++)
        {
            await UnavailableAsync(await _client.SendAsync("v", CommentsClient.Body("Ada", "Hello")));
            await UnavailableAsync(await _client.Reads.GetAsync("/comments/v"));
            await UnavailableAsync(await _client.OpenStreamAsync("v"));
        }

        Assert.DoesNotContain(_edge.Output, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
        _answer = GoodAsync;
        using var viewer = await _client.WatchAsync("v");
        Assert.Equal("m", (await viewer.NextCommentAsync()).Message);
    }

    [Theory]
    [InlineData("event: comment\ndata: <html>\n\n")]
    [InlineData("event: comment\ndata: null\n\n")]
    [InlineData("event: comment\ndata: {\"id\":7}\n\n")]
    [InlineData("event: gap\ndata: null\n\n")]
    [InlineData("event: gap\ndata: 5\n\n")]
    public async Task A_stream_with_something_else_in_it_is_opened_again(string events)
    {
        var streams = 0;
        _answer = async context =>
        {
            if (IsStream(context) && Interlocked.Increment(ref streams) == 1) await AnswerAsync(context, 200, "text/event-stream", $"retry: 100\n\n{events}");
            else if (IsStream(context)) await GoodAsync(context);
            else await AnswerAsync(context, 200, "application/json", EmptyPage);
        };

        using var viewer = await _client.WatchAsync("v");

        Assert.Equal("m", (await viewer.NextCommentAsync()).Message);
        Assert.DoesNotContain(_edge.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data: ", "x")]
    [InlineData("", "data: x\n")]
    [InlineData("", "x")]
    [InlineData("", ":\r\n")]
    public async Task An_event_that_does_not_end_costs_the_stream_and_it_is_opened_again(string start, string piece)
    {
        var streams = 0;
        var broke = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = async context =>
        {
            if (!IsStream(context)) await AnswerAsync(context, 200, "application/json", EmptyPage);
            else if (Interlocked.Increment(ref streams) > 1) await GoodAsync(context);
            else
            {
                await AnswerAsync(context, 200, "text/event-stream", $"retry: 100\n\n{start}");
                var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, 32 * 1024 / piece.Length)));
                try
                {
                    // Until it is cut off.
                    while (true) await context.Response.Body.WriteAsync(block, context.RequestAborted);
                }
                finally
                {
                    broke.TrySetResult();
                }
            }
        };

        using var viewer = await _client.WatchAsync("v");
        await broke.Task.InTime();

        Assert.Equal("m", (await viewer.NextCommentAsync()).Message);
        Assert.DoesNotContain(_edge.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_that_do_not_end_are_503()
    {
        _answer = async context =>
        {
            for (var i = 0; i < 40; i++) context.Response.Headers[$"X-More-{i}"] = new string('x', 1_000);
            await AnswerAsync(context, 200, "application/json", EmptyPage);
        };

        await UnavailableAsync(await _client.SendAsync("v", CommentsClient.Body("Ada", "Hello")));
        await UnavailableAsync(await _client.Reads.GetAsync("/comments/v"));
        await UnavailableAsync(await _client.OpenStreamAsync("v"));
        Assert.DoesNotContain(_edge.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    private static async Task UnavailableAsync(HttpResponseMessage answer)
    {
        Assert.NotNull(answer.Headers.RetryAfter);
        await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
    }

    private static bool IsStream(HttpContext context) => context.Request.Path.Value!.EndsWith("/stream", StringComparison.Ordinal);

    private static async Task AnswerAsync(HttpContext context, int status, string? type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        if (status == 302) context.Response.Headers.Location = "/login";
        if (body.Length > 0) await context.Response.WriteAsync(body);
    }

    private static async Task GoodAsync(HttpContext context)
    {
        if (!IsStream(context))
        {
            await AnswerAsync(context, 200, "application/json", EmptyPage);
            return;
        }

        await AnswerAsync(
            context, 200, "text/event-stream",
            "retry: 100\n\nid: 9\nevent: comment\ndata: {\"id\":\"9\",\"liveVideoId\":\"v\",\"author\":\"a\",\"message\":\"m\"}\n\n");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
