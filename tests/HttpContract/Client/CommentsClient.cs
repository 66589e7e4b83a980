using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace LiveComments.HttpContract.Client;

/// <summary>A client of the HTTP contract that says at once where an answer is not what the contract promises.</summary>
public sealed class CommentsClient(ContractTarget target) : IDisposable
{
    private const string Key = "Idempotency-Key";

    /// <summary>For requests to the address where comments are posted.</summary>
    public HttpClient Posts { get; } = NewHttpClient(target, target.PostAddress);

    /// <summary>For requests to the address where history and streams are read.</summary>
    public HttpClient Reads { get; } = NewHttpClient(target, target.ReadAddress);

    /// <summary>The id of a live video that nobody has used.</summary>
    public static string NewVideo() => $"test-{Guid.NewGuid():N}";

    /// <summary>The body of a post.</summary>
    public static StringContent Body(string author, string message) =>
        Json(JsonSerializer.Serialize(new { author, message }));

    /// <summary>A body that says it is JSON.</summary>
    public static StringContent Json(string text) => new(text, Encoding.UTF8, MediaTypeNames.Application.Json);

    /// <summary>Sends a post and gives the answer as it is.</summary>
    public async Task<HttpResponseMessage> SendAsync(string video, HttpContent body, string? key = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/comments/{video}")
        {
            Content = body,
            Version = target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (key is not null)
            Assert.True(request.Headers.TryAddWithoutValidation(Key, key));
        Authorize(request, token);
        return await Posts.SendAsync(request);
    }

    /// <summary>Posts a comment with a token; it must be created.</summary>
    public async Task<PostedComment> PostAsAsync(string token, string video, string message = "Hello", string author = "Ada")
    {
        using var answer = await SendAsync(video, Body(author, message), token: token);
        return await CommentOfAsync(HttpStatusCode.Created, answer);
    }

    /// <summary>Asks for a page and gives the answer as it is.</summary>
    public Task<HttpResponseMessage> GetPageAsync(string video, string? token) => ReadAsAsync($"/comments/{video}", token);

    /// <summary>Reads anything with a token, and gives the answer as it is.</summary>
    public async Task<HttpResponseMessage> ReadAsAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Authorize(request, token);
        return await Reads.SendAsync(request);
    }

    /// <summary>Sends any request with a body, to the address where comments are posted, and gives the answer as it is.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = json is null ? null : Json(json),
            Version = target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Authorize(request, token);
        return await Posts.SendAsync(request);
    }

    /// <summary>Removes a comment; it must be so.</summary>
    public async Task RemoveAsync(PostedComment comment, string token) => await RemovedByAsync(comment, token);

    /// <summary>Removes a comment, and gives the id of the removal.</summary>
    public async Task<string> RemovedByAsync(PostedComment comment, string token)
    {
        using var answer = await SendAsync(HttpMethod.Delete, $"/comments/{comment.LiveVideoId}/{comment.Id}", token);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"got {(int)answer.StatusCode}: {body}");
        return Assert.Single(answer.Headers.GetValues("LiveComments-Removal"));
    }

    /// <summary>Removes many comments and gives how many they were.</summary>
    public async Task<int> RemoveManyAsync(string video, string token, string json)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/comments/{video}/removals", token, json);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        var count = document.RootElement.GetProperty("count").GetInt32();
        Assert.Equal(
            count > 0 ? ["count", "removalId"] : ["count"], document.RootElement.EnumerateObject().Select(member => member.Name));
        return count;
    }

    /// <summary>Waits until the last erasure of somebody is done, as it is read.</summary>
    public async Task<PostedErasure> ErasureEndsAsync(string authorId, string token)
    {
        PostedErasure? found = null;
        await Patience.UntilAsync(async () =>
        {
            using var answer = await ReadAsAsync($"/people/{authorId}/erasure", token);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
            found = PostedErasure.Parse(body);
            Assert.Equal(authorId, found.AuthorId);
            return found.State == "done";
        });
        return found!;
    }

    /// <summary>Becomes a guest.</summary>
    public async Task<(string Token, string AuthorId)> BecomeGuestAsync()
    {
        using var answer = await Posts.PostAsync("/guests", null);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"got {(int)answer.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        Assert.Equal(["token", "authorId", "expiresAt"], json.RootElement.EnumerateObject().Select(member => member.Name));
        return (json.RootElement.GetProperty("token").GetString()!, json.RootElement.GetProperty("authorId").GetString()!);
    }

    /// <summary>Posts a comment that must be created.</summary>
    public async Task<PostedComment> PostAsync(string video, string message = "Hello", string author = "Ada", string? key = null)
    {
        using var answer = await SendAsync(video, Body(author, message), key);
        return await CommentOfAsync(HttpStatusCode.Created, answer);
    }

    /// <summary>Posts comments, several at a time, and gives them in the order of their ids.</summary>
    public async Task<IReadOnlyList<PostedComment>> PostManyAsync(string video, int count, Func<int, string>? message = null)
    {
        var comments = new PostedComment[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            comments[i] = await PostAsync(video, message?.Invoke(i) ?? $"Comment {i}"));
        return [.. comments.OrderBy(comment => comment.Number)];
    }

    /// <summary>The comment that the answer to a post carries.</summary>
    public static async Task<PostedComment> CommentOfAsync(HttpStatusCode expected, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"expected {(int)expected}, got {(int)answer.StatusCode}: {body}");
        Assert.Equal(MediaTypeNames.Application.Json, answer.Content.Headers.ContentType?.MediaType);
        return PostedComment.Parse(body);
    }

    /// <summary>One page of the history.</summary>
    /// <param name="video">The live video.</param>
    /// <param name="query">Such as <c>?limit=2&amp;cursor=7</c>, or nothing.</param>
    public async Task<PostedPage> PageAsync(string video, string query = "")
    {
        using var answer = await Reads.GetAsync($"/comments/{video}{query}");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {body}");
        Assert.Equal(MediaTypeNames.Application.Json, answer.Content.Headers.ContentType?.MediaType);
        return PostedPage.Parse(body);
    }

    /// <summary>The pages of the history from <paramref name="cursor"/> (or the newest comment) to the first comment.</summary>
    public async IAsyncEnumerable<PostedPage> PagesAsync(string video, int limit = 200, string? cursor = null)
    {
        do
        {
            var page = await PageAsync(video, $"?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            yield return page;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>The whole history, oldest first.</summary>
    public async Task<IReadOnlyList<PostedComment>> HistoryAsync(string video)
    {
        var comments = new List<PostedComment>();
        await foreach (var page in PagesAsync(video))
            comments.AddRange(page.Comments);
        comments.Reverse();
        return comments;
    }

    /// <summary>Asks for a stream and gives the answer as it is, as soon as its headers are here.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(
        string video, string query = "", string? lastEventId = null, string? token = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/comments/{video}/stream{query}")
        {
            Version = target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (lastEventId is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId));
        Authorize(request, token);
        if (cookie is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Cookie", cookie));
        return await Reads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Joins a live video as a viewer.</summary>
    public async Task<SseViewer> WatchAsync(string video, string query = "", string? lastEventId = null, string? token = null) =>
        await SseViewer.JoinAsync(await OpenStreamAsync(video, query, lastEventId, token));

    /// <inheritdoc/>
    public void Dispose()
    {
        Posts.Dispose();
        Reads.Dispose();
    }

    private static void Authorize(HttpRequestMessage request, string? token)
    {
        if (token is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}"));
    }

    private static HttpClient NewHttpClient(ContractTarget target, Uri address) => new(new SocketsHttpHandler
    {
        // Of servers of the tests, which have made it themselves.
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => address.IsLoopback },
    })
    {
        BaseAddress = address,
        Timeout = Patience.Limit,
        DefaultRequestVersion = target.HttpVersion,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
