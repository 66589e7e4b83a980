using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.Tests.Review;

/// <summary>A site's hook, over HTTP. It checks each signature by itself, and answers as a test says.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ended = new();

    private HookServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/review", AnswerAsync);
        _app.MapPost("/elsewhere", () => Misled = true);
    }

    /// <summary>The bodies of the requests so far.</summary>
    public ConcurrentQueue<JsonElement> Requests { get; } = [];

    /// <summary>The ids of the messages so far.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    /// <summary>Faults of signatures.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Whether a request followed a redirect.</summary>
    public bool Misled { get; private set; }

    /// <summary>What is answered; null = nothing, ever.</summary>
    public Func<JsonElement[], IResult>? Answer { get; set; } = comments => Verdicts(comments.Select(comment => Verdict(comment, "publish")));

    /// <summary>Awaited before each answer.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public Uri Address { get; private set; } = null!;

    public static async Task<HookServer> StartAsync()
    {
        var server = new HookServer();
        await server._app.StartAsync();
        server.Address = new(new Uri(server._app.Urls.Single()), "/review");
        return server;
    }

    /// <summary>An answer of these verdicts.</summary>
    public static IResult Verdicts(IEnumerable<object> verdicts) => Results.Json(new { verdicts });

    public static object Verdict(JsonElement comment, string verdict, string? message = null, string? reason = null) =>
        new { reviewId = comment.GetProperty("reviewId").GetString(), verdict, message, reason };

    /// <summary>Ends the server; it may have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Check(request.Headers, body);
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement.Clone();
        Requests.Enqueue(root);
        await Before();
        if (Answer is { } answer) return answer([.. root.GetProperty("comments").EnumerateArray()]);
        await Task.Delay(Timeout.Infinite, _ended.Token);
        return Results.Empty;
    }

    private void Check(IHeaderDictionary headers, string body)
    {
        string id = headers["webhook-id"]!, timestamp = headers["webhook-timestamp"]!, signature = headers["webhook-signature"]!;
        Messages.Enqueue(id);
        var key = Convert.FromBase64String(ReviewParts.Secret["whsec_".Length..]);
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        if (signature != expected) Faults.Enqueue($"{signature} is not {expected}");
        if (!long.TryParse(timestamp, CultureInfo.InvariantCulture, out _)) Faults.Enqueue($"{timestamp} is no time");
    }
}
