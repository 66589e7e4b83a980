using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveComments.WebFrontend.Wire;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Speaks the HTTP API to the upstream. Streams have connections of their own, so that posts and pages never wait for one.</summary>
internal sealed class UpstreamClient : IDisposable
{
    // The most that the API gives at once.
    private const int MaxPage = 200;

    // Over HTTP/2 a dead connection takes all its streams with it; this finds it before TCP does.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    private readonly HttpClient _streams;
    private readonly HttpClient _requests;

    public UpstreamClient(UpstreamOptions settings, IHttpContextAccessor caller)
    {
        _streams = NewClient(settings, Handler(settings));
        _requests = NewClient(settings, new ClientAddressHandler(caller) { InnerHandler = Handler(settings) });
    }

    /// <summary>Asks for a video's comments after one; the answer is here as soon as its headers are.</summary>
    /// <exception cref="HttpRequestException">The upstream is away.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time, or the caller gave up.</exception>
    public Task<HttpResponseMessage> OpenStreamAsync(LiveVideoId liveVideoId, CommentId after, CancellationToken cancellation)
    {
        var request = NewRequest(_streams, HttpMethod.Get, $"/comments/{liveVideoId}/stream?backlog=0");
        request.Headers.Add("Last-Event-ID", after.ToString());
        return _streams.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away or cannot read them.</exception>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var found = new List<Comment>();
        CommentId? next = before;
        while (next is { } cursor && found.Count < limit)
        {
            var page = await ReadPageAsync(liveVideoId, cursor, Math.Min(limit - found.Count, MaxPage));
            found.AddRange(page.Comments);
            next = page.NextCursor;
        }

        return new(found, next);
    }

    /// <summary>Sends a post as it came and gives the answer, all of it.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away; the comment may have been taken all the same.</exception>
    public async Task<HttpResponseMessage> PostAsync(
        LiveVideoId liveVideoId, byte[] body, StringValues contentType, string? idempotencyKey)
    {
        using var request = NewRequest(_requests, HttpMethod.Post, $"/comments/{liveVideoId}");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, (IEnumerable<string?>)contentType);
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await SendAsync(request);
    }

    public void Dispose()
    {
        _streams.Dispose();
        _requests.Dispose();
    }

    /// <summary>Whether an exception says that the upstream is away, cut the answer off or did not give it in time.</summary>
    public static bool IsAway(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException;

    private async Task<CommentPage> ReadPageAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/comments/{liveVideoId}?cursor={before}&limit={limit}");
        using var answer = await SendAsync(NewRequest(_requests, HttpMethod.Get, query));
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new CommentsUnavailableException($"The upstream answered {(int)answer.StatusCode} to a read.");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(), WireJson.Context.CommentPage)!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        try
        {
            return await _requests.SendAsync(request);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            throw new CommentsUnavailableException("The upstream is away.", exception);
        }
    }

    private static HttpRequestMessage NewRequest(HttpClient client, HttpMethod method, string path) => new(method, path)
    {
        Version = client.DefaultRequestVersion,
        VersionPolicy = client.DefaultVersionPolicy,
    };

    private static HttpClient NewClient(UpstreamOptions settings, HttpMessageHandler handler) => new(handler)
    {
        BaseAddress = settings.Address,
        Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
        DefaultRequestVersion = settings.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = settings.Http2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrHigher,
    };

    private static SocketsHttpHandler Handler(UpstreamOptions settings) => new()
    {
        MaxConnectionsPerServer = settings.MaxConnections,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
        KeepAlivePingDelay = Ping,
        KeepAlivePingTimeout = Ping,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        // What a client sent goes on as it was, also where it is not valid: to refuse it is for the upstream.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ActivityHeadersPropagator = null,
    };
}
