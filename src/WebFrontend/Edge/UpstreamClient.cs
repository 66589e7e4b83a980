using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// Speaks the HTTP API to the upstream. Streams have connections of their own, so that posts and pages never wait for one.
/// </summary>
internal sealed class UpstreamClient : IDisposable
{
    // The most that the API gives at once.
    private const int MaxPage = 200;

    // Several times the size of the largest page.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    // In units of 1,024 bytes. An upstream's are a tenth of that; a proxy may add some.
    private const int MaxHeaders = 16;

    // Over HTTP/2 a dead connection ends all its streams. Pings find it sooner than TCP does.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    private readonly HttpClient _streams;
    private readonly HttpClient _requests;
    private readonly string? _tokenFile;

    public UpstreamClient(UpstreamOptions settings, IHttpContextAccessor caller)
    {
        _tokenFile = settings.TokenFile;
        _streams = NewClient(settings, Handler(settings));
        _requests = NewClient(settings, new ClientAddressHandler(caller) { InnerHandler = Handler(settings) });
    }

    /// <summary>The id of this edge, for as long as it runs: by it the upstream knows whose reports it has.</summary>
    public Guid Edge { get; } = Guid.NewGuid();

    /// <summary>Asks for a video's comments after one; the answer is here as soon as its headers are.</summary>
    /// <exception cref="HttpRequestException">The upstream is away.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time, or the caller gave up.</exception>
    /// <exception cref="CommentsUnavailableException">What answered is no upstream.</exception>
    public async Task<HttpResponseMessage> OpenStreamAsync(LiveVideoId liveVideoId, CommentId after, CancellationToken cancellation)
    {
        var request = await NewReadAsync(_streams, $"/comments/{liveVideoId}/stream?backlog=0&relay=true", cancellation);
        request.Headers.Add("Last-Event-ID", after.ToString());
        request.Headers.Add(EdgeHeader.Name, Edge.ToString("D"));
        var answer = await _streams.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (answer.StatusCode != HttpStatusCode.OK || type is null or "text/event-stream") return answer;
        using (answer) throw NoUpstream($"{type} for a stream");
    }

    /// <summary>
    /// Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>: with the token of
    /// <paramref name="authorization"/>, if there is one, else with this node's own.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away or cannot read them.</exception>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, StringValues authorization = default)
    {
        var (comments, removals) = (new List<Comment>(), new List<Removal>());
        var page = new CommentPage([], before) { AsOf = CommentId.Max };
        do
        {
            var next = await ReadPageAsync(liveVideoId, page.NextCursor!.Value, Math.Min(limit - comments.Count, MaxPage), authorization);
            comments.AddRange(next.Comments);
            removals.AddRange(next.Removals ?? []);
            // The pages of one read may be of different times: what is true of all is what is true of the oldest.
            page = next with { AsOf = next.AsOf < page.AsOf ? next.AsOf : page.AsOf, LastRemoval = next.LastRemoval };
        }
        while (page.NextCursor is not null && comments.Count < limit && removals.Count < LogStretch.MostRemovals);

        return page with { Comments = comments, Removals = removals };
    }

    /// <summary>Sends a post as it came and gives the answer, all of it.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away; the comment may have been taken all the same.</exception>
    public async Task<HttpResponseMessage> PostAsync(
        LiveVideoId liveVideoId, byte[] body, StringValues contentType, StringValues authorization, string? idempotencyKey)
    {
        using var request = NewRequest(_requests, HttpMethod.Post, $"/comments/{liveVideoId}");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, (IEnumerable<string?>)contentType);
        // The poster's, never this node's own.
        request.Headers.TryAddWithoutValidation(HeaderNames.Authorization, (IEnumerable<string?>)authorization);
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await SendAsync(request);
    }

    /// <summary>Says who of the viewers here was told of removals of a video, and gives the answer, all of it.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away.</exception>
    public async Task<HttpResponseMessage> ReportAsync(LiveVideoId liveVideoId, byte[] body)
    {
        using var request = NewRequest(_requests, HttpMethod.Post, $"/comments/{liveVideoId}/receipts");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        return await SendAsync(request);
    }

    /// <summary>Sends a request on with its body and its sender's token, and gives the answer, all of it.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away; it may have been done all the same.</exception>
    public async Task<HttpResponseMessage> SendOnAsync(HttpMethod method, string path, byte[] body, IHeaderDictionary headers)
    {
        using var request = NewRequest(_requests, method, path);
        if (body.Length > 0 || headers.ContentType.Count > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, (IEnumerable<string?>)headers.ContentType);
        }

        request.Headers.TryAddWithoutValidation(HeaderNames.Authorization, (IEnumerable<string?>)headers.Authorization);
        request.Headers.TryAddWithoutValidation(HeaderNames.IfMatch, (IEnumerable<string?>)headers.IfMatch);
        return await SendAsync(request);
    }

    /// <summary>Asks for something that is read, with this node's own token, and gives the answer, all of it.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away.</exception>
    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = await NewReadAsync(_requests, path);
        return await SendAsync(request);
    }

    /// <summary>Asks for a guest's token and gives the answer, all of it.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away.</exception>
    public async Task<HttpResponseMessage> PostGuestAsync()
    {
        using var request = NewRequest(_requests, HttpMethod.Post, "/guests");
        return await SendAsync(request);
    }

    public void Dispose()
    {
        _streams.Dispose();
        _requests.Dispose();
    }

    /// <summary>Whether an exception says that the upstream is away, cut the answer off or did not give it in time.</summary>
    public static bool IsAway(Exception exception) =>
        // A connection that is reset as it is made fails with a SocketException, which HttpClient does not wrap.
        exception is HttpRequestException or IOException or SocketException or OperationCanceledException or TimeoutException
            or CommentsUnavailableException;

    /// <summary>Takes a comment of a video as the upstream sent it.</summary>
    /// <exception cref="CommentsUnavailableException">It is none: something else than an upstream has answered.</exception>
    public static Comment ReadComment(ReadOnlySpan<byte> json, LiveVideoId liveVideoId) =>
        Read(json, WireJson.Context.Comment) is { } comment && IsOf(liveVideoId, comment)
            ? comment
            : throw NoUpstream("no comment of the video");

    /// <summary>Takes the data of an event that tells which comment of a video is pinned.</summary>
    /// <exception cref="CommentsUnavailableException">It is something else.</exception>
    public static PinnedComment ReadPin(ReadOnlySpan<byte> json, LiveVideoId liveVideoId) =>
        Read(json, WireJson.Context.PinnedComment) is var pin && (pin.Comment is null || IsOf(liveVideoId, pin.Comment))
            ? pin
            : throw NoUpstream("no comment of the video");

    /// <summary>Takes what the upstream sent as JSON.</summary>
    /// <exception cref="CommentsUnavailableException">It is something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw NoUpstream("null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw NoUpstream("no JSON of ours", exception);
        }
    }

    private static bool IsOf(LiveVideoId liveVideoId, Comment? comment) =>
        comment is { Author: not null, Message: not null } && comment.LiveVideoId == liveVideoId && comment.Id > CommentId.None;

    private static CommentsUnavailableException NoUpstream(string what, Exception? exception = null) =>
        new($"The upstream sent {what}. Is something else in front of it?", exception);

    private async Task<CommentPage> ReadPageAsync(LiveVideoId liveVideoId, CommentId before, int limit, StringValues authorization)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/comments/{liveVideoId}?cursor={before}&limit={limit}&removals=true");
        using var request = authorization.Count == 0 ? await NewReadAsync(_requests, query) : NewRequest(_requests, HttpMethod.Get, query);
        request.Headers.TryAddWithoutValidation(HeaderNames.Authorization, (IEnumerable<string?>)authorization);
        using var answer = await SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new CommentsUnavailableException($"The upstream answered {(int)answer.StatusCode} to a read.");
        var page = Read(await answer.Content.ReadAsByteArrayAsync(), WireJson.Context.CommentPage);
        var last = before;
        foreach (var comment in page.Comments ?? throw NoUpstream("a page without comments"))
        {
            if (!IsOf(liveVideoId, comment) || comment.Id >= last) throw NoUpstream("a page of other comments");
            last = comment.Id;
        }

        var lastRemoval = before;
        foreach (var removal in page.Removals ?? [])
        {
            if (removal is not { Removed.IsValid: true } || removal.Id >= lastRemoval || removal.Id <= CommentId.None)
                throw NoUpstream("a page of other removals");
            lastRemoval = removal.Id;
        }

        // Else it would be read for ever.
        if (page.NextCursor >= before) throw NoUpstream("a page that leads nowhere");
        // An upstream of a version that knows no removals.
        return page.LastRemoval is null ? page with { AsOf = CommentId.Max, LastRemoval = CommentId.None } : page;
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

    /// <summary>A request with this node's own token, as the file has it now: whoever renews it need not restart the node.</summary>
    private async Task<HttpRequestMessage> NewReadAsync(HttpClient client, string path, CancellationToken cancellation = default)
    {
        var request = NewRequest(client, HttpMethod.Get, path);
        if (_tokenFile is null) return request;
        try
        {
            request.Headers.TryAddWithoutValidation(
                HeaderNames.Authorization, $"Bearer {(await File.ReadAllTextAsync(_tokenFile, cancellation)).Trim()}");
            return request;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommentsUnavailableException($"The file of Upstream:TokenFile cannot be read: {exception.Message}", exception);
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
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
        DefaultRequestVersion = settings.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = settings.Http2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrHigher,
    };

    private static SocketsHttpHandler Handler(UpstreamOptions settings) => new()
    {
        MaxConnectionsPerServer = settings.MaxConnections,
        MaxResponseHeadersLength = MaxHeaders,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
        KeepAlivePingDelay = Ping,
        KeepAlivePingTimeout = Ping,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        // Pass it on as it came, valid or not: the upstream refuses it.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ActivityHeadersPropagator = null,
    };
}
