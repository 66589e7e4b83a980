using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveComments.Firehose.Tests;

/// <summary>
/// A receiver over HTTP that does as a test says. It checks each signature by itself, and keeps the entries of those requests that it takes.
/// </summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    /// <summary>The secret that it shares with the server.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=";

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly List<ReceivedEntry> _received = [];
    private TaskCompletionSource _changed = NewSignal();

    private TestReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024);
        _app = builder.Build();
        _app.MapPost("/entries", TakeAsync);
        _app.MapPost("/elsewhere", () => Misled = true);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What is answered to the request of a number, counted from 1: a status, or null to hang for good.</summary>
    public Func<int, Task<int?>> Answer { get; set; } = _ => Task.FromResult<int?>(204);

    /// <summary>Whether what is not answered by 2xx is kept all the same, as one does that fails after its work.</summary>
    public bool KeepsAll { get; set; }

    /// <summary>The number of requests.</summary>
    public int Requests { get; private set; }

    /// <summary>Whether a request followed a redirect.</summary>
    public bool Misled { get; private set; }

    /// <summary>Faults of signatures.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The ids of the messages so far.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    /// <summary>All entries that it has taken, in the order in which they came; repeats too.</summary>
    public IReadOnlyList<ReceivedEntry> Received
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    public static async Task<TestReceiver> StartAsync()
    {
        var receiver = new TestReceiver();
        await receiver._app.StartAsync();
        receiver.Address = new(new Uri(receiver._app.Urls.Single()), "/entries");
        return receiver;
    }

    /// <summary>Completes when it is so.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<ReceivedEntry>, bool> isSo)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo([.. _received])) return;
                changed = _changed.Task;
            }

            await changed.InTime();
        }
    }

    /// <summary>Completes when a request of this number has come.</summary>
    public Task RequestsAsync(int count) => UntilAsync(_ => Requests >= count);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _app.DisposeAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Check(request.Headers, body);
        int number;
        lock (_gate) number = ++Requests;
        Signal();
        var status = await Answer(number);
        using var document = JsonDocument.Parse(body);
        if (status is >= 200 and < 300 || KeepsAll)
        {
            var entries = document.RootElement.GetProperty("data").GetProperty("entries").EnumerateArray().Select(ReceivedEntry.Of).ToList();
            lock (_gate) _received.AddRange(entries);
            Signal();
        }

        if (status is not { } code)
        {
            await Task.Delay(Timeout.Infinite, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Results.Empty;
        }

        return code == 307 ? Results.Redirect("/elsewhere", permanent: false, preserveMethod: true) : Results.StatusCode(code);
    }

    private void Signal()
    {
        lock (_gate)
        {
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    private void Check(IHeaderDictionary headers, string body)
    {
        string id = headers["webhook-id"]!, timestamp = headers["webhook-timestamp"]!, signature = headers["webhook-signature"]!;
        Messages.Enqueue(id);
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        if (signature != expected) Faults.Enqueue($"{signature} is not {expected}");
    }
}

/// <summary>An entry as it was received.</summary>
internal sealed record ReceivedEntry(string Id, string Type, string Video, JsonElement Data)
{
    /// <summary>The log that it is of.</summary>
    public string Log => Id[..Id.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Its place there.</summary>
    public long Place => long.Parse(Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    public static ReceivedEntry Of(JsonElement entry) => new(
        entry.GetProperty("id").GetString()!,
        entry.GetProperty("type").GetString()!,
        entry.GetProperty("liveVideoId").GetString()!,
        entry.GetProperty("data").Clone());
}

/// <summary>What must hold of all that was received.</summary>
internal static class ReceivedEntries
{
    /// <summary>
    /// Each place of a log is seen for the first time after all those before it: who leaves out what is not greater than the last has all in
    /// order, once.
    /// </summary>
    public static void AssertInOrder(this IReadOnlyList<ReceivedEntry> received)
    {
        foreach (var log in received.GroupBy(entry => entry.Log))
        {
            var firsts = log.Select(entry => entry.Place).Distinct().ToList();
            Assert.Equal(firsts.Order(), firsts);
        }
    }

    /// <summary>The first appearances of a log's entries.</summary>
    public static IEnumerable<ReceivedEntry> Of(this IReadOnlyList<ReceivedEntry> received, string log) =>
        received.Where(entry => entry.Log == log).DistinctBy(entry => entry.Id);
}
