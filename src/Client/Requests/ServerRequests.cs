using System.Net;
using System.Net.Sockets;

namespace LiveComments.Client.Requests;

/// <summary>Sends requests with the token and within their time, and repeats those that may be taken a little later.</summary>
internal sealed class ServerRequests(Func<HttpClient> http, LiveCommentsClientOptions options, TimeProvider time) : IDisposable
{
    // Several times the size of the largest page.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(0.5);

    private readonly Tokens _tokens = new(options.Token, time);
    private readonly Uri _server = WithSlash(options.Server!);

    /// <summary>Sends a request that may be repeated, and gives what <paramref name="read"/> makes of the answer.</summary>
    /// <exception cref="ProblemException">It was refused, or got no answer in all of the time.</exception>
    public async Task<T> SendAsync<T>(
        Func<Uri, HttpRequestMessage> create, Func<HttpStatusCode, ReadOnlyMemory<byte>, T> read, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        var pace = new RetryPace(FirstRetry);
        while (true)
        {
            TimeSpan wait;
            try
            {
                return await SendOnceAsync(create, read, cancellation).ConfigureAwait(false);
            }
            catch (ProblemException problem) when (problem.IsPassing)
            {
                wait = pace.Next(problem.RetryAfter);
                if (time.GetElapsedTime(begun) + wait > options.RetryFor) throw;
            }

            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request once; the answer is here as soon as its headers are, and it is of a success.</summary>
    /// <exception cref="ProblemException">It was refused, or got no answer in time.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Func<Uri, HttpRequestMessage> create, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        return await AnsweredAsync(() => OpenAsync(create, isAgain: false, either.Token), cancellation).ConfigureAwait(false);
    }

    public void Dispose() => _tokens.Dispose();

    private async Task<T> SendOnceAsync<T>(
        Func<Uri, HttpRequestMessage> create, Func<HttpStatusCode, ReadOnlyMemory<byte>, T> read, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var (status, body) = await AnsweredAsync(
            async () =>
            {
                using var answer = await OpenAsync(create, isAgain: false, either.Token).ConfigureAwait(false);
                return (answer.StatusCode, await ReadAsync(answer, either.Token).ConfigureAwait(false));
            },
            cancellation).ConfigureAwait(false);
        return read(status, body);
    }

    /// <summary>Sends it with the token, and once more with a new one if the server refuses that.</summary>
    private async Task<HttpResponseMessage> OpenAsync(
        Func<Uri, HttpRequestMessage> create, bool isAgain, CancellationToken cancellation)
    {
        var token = await _tokens.GetAsync(refused: null, cancellation).ConfigureAwait(false);
        using var request = create(_server);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        var answer = await http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            var problem = ProblemException.Of(
                answer, (await ReadAsync(answer, cancellation).ConfigureAwait(false)).Span, time.GetUtcNow());
            if (problem.Status != (int)HttpStatusCode.Unauthorized || isAgain) throw problem;
            var next = await _tokens.GetAsync(token, cancellation).ConfigureAwait(false);
            if (next is null || next == token) throw problem;
        }

        return await OpenAsync(create, isAgain: true, cancellation).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellation).ConfigureAwait(false);
        return await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> send, CancellationToken cancellation)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception) && !cancellation.IsCancellationRequested)
        {
            throw ProblemException.NoAnswer(exception);
        }
    }

    /// <summary>Whether an exception says that the server is away, has cut the answer off or did not give it in time.</summary>
    public static bool IsAway(Exception exception) =>
        // A connection that is reset as it is made fails with a SocketException, which HttpClient does not wrap.
        exception is HttpRequestException or IOException or SocketException or OperationCanceledException or TimeoutException;

    /// <summary>What is asked for lies beside the last part of an address that has no slash at its end, not below it.</summary>
    private static Uri WithSlash(Uri server) =>
        server.AbsolutePath.EndsWith('/') ? server : new UriBuilder(server) { Path = server.AbsolutePath + "/" }.Uri;
}
