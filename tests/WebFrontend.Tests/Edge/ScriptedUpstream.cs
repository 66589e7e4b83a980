using System.Globalization;
using System.Text;
using System.Threading.Channels;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>An upstream of one video that does what a test says: a real server on a real port.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<OpenStream> _streams = Channel.CreateUnbounded<OpenStream>();
    private int _streamsOpened;

    private ScriptedUpstream()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/comments/{video}", ReadAsync);
        _app.MapGet("/comments/{video}/stream", StreamAsync);
        _app.MapPost("/comments/{video}", context => OnPost(context));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>The comments that its history has, oldest first.</summary>
    public List<Comment> Log { get; } = [];

    /// <summary>How many streams were asked for.</summary>
    public int StreamsOpened => Volatile.Read(ref _streamsOpened);

    /// <summary>Whether it refuses to read pages.</summary>
    public bool RefusesPages { get; set; }

    /// <summary>What it does with posts.</summary>
    public Func<HttpContext, Task> OnPost { get; set; } = _ => Task.CompletedTask;

    public static async Task<ScriptedUpstream> StartAsync()
    {
        var upstream = new ScriptedUpstream();
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>The next stream that is asked for.</summary>
    public Task<OpenStream> NextStreamAsync() => _streams.Reader.ReadAsync().InTime();

    public async ValueTask DisposeAsync()
    {
        while (_streams.Reader.TryRead(out var stream)) stream.End();
        await _app.DisposeAsync();
    }

    private async Task ReadAsync(HttpContext context)
    {
        if (RefusesPages)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var cursor = long.Parse(context.Request.Query["cursor"]!, CultureInfo.InvariantCulture);
        var limit = int.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture);
        var found = Log.Where(comment => comment.Id.Value < cursor).Reverse().Take(limit + 1).ToList();
        var next = found.Count > limit ? $"\"{found[limit - 1].Id}\"" : "null";
        await context.Response.WriteAsync($$"""{"comments":[{{string.Join(',', found.Take(limit).Select(Json))}}],"nextCursor":{{next}}}""");
    }

    private async Task StreamAsync(HttpContext context)
    {
        Interlocked.Increment(ref _streamsOpened);
        var stream = new OpenStream(context);
        await stream.WriteAsync("retry: 100\n\n");
        await _streams.Writer.WriteAsync(stream);
        await stream.Ended;
    }

    private static string Json(Comment comment) =>
        $$"""{"id":"{{comment.Id}}","liveVideoId":"{{comment.LiveVideoId}}","author":"{{comment.Author}}","message":"{{comment.Message}}"}""";

    /// <summary>A stream that an edge has asked for.</summary>
    internal sealed class OpenStream(HttpContext context)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string LastEventId { get; } = context.Request.Headers["Last-Event-ID"].ToString();

        public Task Ended => Task.WhenAny(_ended.Task, Gone);

        /// <summary>Completes when the edge has closed the stream.</summary>
        public Task Gone { get; } = Task.Run(() => context.RequestAborted.WaitHandle.WaitOne());

        public async Task WriteAsync(string events)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(events));
            await context.Response.Body.FlushAsync();
        }

        public Task SendAsync(params IEnumerable<Comment> comments) =>
            WriteAsync(string.Concat(comments.Select(comment => Encoding.UTF8.GetString(SseEvent.Comment(comment)))));

        public void End() => _ended.TrySetResult();
    }
}
