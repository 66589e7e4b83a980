using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveComments.Testing;

/// <summary>What a <see cref="FaultProxy"/> does with a request.</summary>
public enum Fault
{
    /// <summary>Passes it on.</summary>
    None,

    /// <summary>Refuses it as DynamoDB does when there are too many.</summary>
    Throttle,

    /// <summary>Cuts the connection and does not pass it on.</summary>
    CutBefore,

    /// <summary>Passes it on, and cuts the connection instead of answering.</summary>
    CutAfter,

    /// <summary>Neither passes it on nor answers until whoever asked gives up.</summary>
    Hang,
}

/// <summary>Stands in front of a DynamoDB and lets requests fail as a test says. Dispose of it to stop it.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const string Throttled =
        """{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"Too much."}""";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication _app;

    private FaultProxy(Uri target)
    {
        _client.BaseAddress = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>Tells by the name of the operation, as <c>PutItem</c>, how a request ends.</summary>
    public Func<string, Fault> Faults { get; set; } = _ => Fault.None;

    /// <summary>The operations asked for so far.</summary>
    public ConcurrentQueue<string> Operations { get; } = [];

    /// <summary>Starts one in front of <paramref name="target"/>.</summary>
    public static async Task<FaultProxy> StartAsync(Uri target)
    {
        var proxy = new FaultProxy(target);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Lets the first requests for an operation fail in turn, and the others pass.</summary>
    public void FailFirst(string operation, params IEnumerable<Fault> faults)
    {
        var rest = new ConcurrentQueue<Fault>(faults);
        Faults = asked => asked == operation && rest.TryDequeue(out var fault) ? fault : Fault.None;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        Operations.Enqueue(operation);
        var fault = Faults(operation);
        switch (fault)
        {
            case Fault.Throttle:
                context.Response.StatusCode = (int)HttpStatusCode.BadRequest;
                context.Response.ContentType = "application/x-amz-json-1.0";
                await context.Response.WriteAsync(Throttled);
                return;
            case Fault.CutBefore:
                context.Abort();
                return;
            case Fault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case Fault.None:
            case Fault.CutAfter:
            default:
                await PassOnAsync(context, answer: fault == Fault.None);
                return;
        }
    }

    private async Task PassOnAsync(HttpContext context, bool answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(context.Request.Body) };
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        using var answered = await _client.SendAsync(request);
        if (!answer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answered.StatusCode;
        foreach (var (name, values) in answered.Headers.Concat(answered.Content.Headers)) context.Response.Headers[name] = values.ToArray();
        context.Response.Headers.Remove("Transfer-Encoding");
        await answered.Content.CopyToAsync(context.Response.Body);
    }
}
