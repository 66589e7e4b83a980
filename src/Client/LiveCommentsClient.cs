using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LiveComments.Client.Follow;
using LiveComments.Client.Requests;
using LiveComments.Client.Wire;

namespace LiveComments.Client;

/// <summary>
/// Follows, writes and pages back through the comments of the live videos of one server. One object serves a whole program: its members can
/// be used from any thread. A live video is named by 1 to 64 of <c>[A-Za-z0-9_-]</c>.
/// </summary>
/// <example>
/// <code>
/// using var client = new LiveCommentsClient(new() { Server = new("https://comments.example") });
/// await foreach (var e in client.FollowAsync("demo"))
///     if (e is CommentEvent { Comment: var comment }) Console.WriteLine($"{comment.Author}: {comment.Message}");
/// </code>
/// </example>
public sealed class LiveCommentsClient : IDisposable
{
    private const int MaxPage = 200;

    private readonly ServerRequests _requests;
    private readonly TimeProvider _time;
    private readonly FollowedVideos _followed = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly HttpClient? _own;

    /// <summary>A client with connections of its own. In a program with services, <c>AddLiveCommentsClient</c> makes one.</summary>
    /// <param name="options">What it is told; later changes of them have no effect.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds; the message names it.</exception>
    public LiveCommentsClient(LiveCommentsClientOptions options, TimeProvider? time = null)
        : this(options, time, HttpDefaults.NewClient())
    {
    }

    /// <summary>A client whose connections are those of <paramref name="http"/>.</summary>
    internal LiveCommentsClient(LiveCommentsClientOptions options, TimeProvider? time, Func<HttpClient> http)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _time = time ?? TimeProvider.System;
        _requests = new(http, options.Copy(), _time);
    }

    private LiveCommentsClient(LiveCommentsClientOptions options, TimeProvider? time, HttpClient own)
        : this(options, time, () => own) => _own = own;

    /// <summary>
    /// Follows a live video, and comes back by itself after any loss, right after the last entry that came: through restarts of the server
    /// and time without network. It ends when the server says that nothing more will come (<c>204</c>).
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="resume">
    /// Goes on right after this entry: a <see cref="LiveEvent.Position"/>, or the <see cref="CommentPage.AsOf"/> of a page. Null: the last
    /// comments come first.
    /// </param>
    /// <param name="options">What else it is told; null for the defaults.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>. So does leaving the loop, without one.</param>
    /// <exception cref="ArgumentException">The video's id or an option is out of its bounds.</exception>
    /// <exception cref="ProblemException">
    /// While it is enumerated: the server refuses for good, as with <c>401</c>, <c>403</c> or <c>404</c>. A refusal for a while (<c>429</c>,
    /// <c>503</c>) is a <see cref="ConnectionEvent"/>, and it tries again.
    /// </exception>
    public IAsyncEnumerable<LiveEvent> FollowAsync(
        string liveVideoId, CommentId? resume = null, FollowOptions? options = null, CancellationToken cancellation = default)
    {
        CheckVideo(liveVideoId);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Backlog, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Backlog, FollowOptions.MaxBacklog, nameof(options));
        // Each enumeration begins anew.
        return FollowAnewAsync(cancellation);

        async IAsyncEnumerable<LiveEvent> FollowAnewAsync([EnumeratorCancellation] CancellationToken ended)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, _disposed.Token);
            var follower = new Follower(_requests, liveVideoId, resume, options, _followed.Enter(liveVideoId), _time);
            try
            {
                await foreach (var told in follower.FollowAsync(either.Token).ConfigureAwait(false)) yield return told;
            }
            finally
            {
                _followed.Leave(liveVideoId);
            }
        }
    }

    /// <summary>
    /// Posts a comment. It is durable once this completes. Where no answer comes, or the server is too busy, it is sent again under the same
    /// key, for as long as <see cref="LiveCommentsClientOptions.RetryFor"/> says: it is published once at most.
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="message">The text, 1 to 500 characters.</param>
    /// <param name="author">The author's name, 1 to 50 characters; null if the token has it.</param>
    /// <param name="idempotencyKey">
    /// The key, 1 to 64 visible ASCII characters that nobody can guess: give the same one to try again after an error, up to 10 minutes
    /// later. Null: it makes one.
    /// </param>
    /// <param name="replyTo">The id of the comment of the video that it answers; null if it answers none.</param>
    /// <param name="cancellation">Gives up; the comment may have been taken all the same.</param>
    /// <returns>The comment, or what a moderator is to see first.</returns>
    /// <exception cref="ArgumentException">The video's id or the key is out of its bounds.</exception>
    /// <exception cref="ProblemException">
    /// It was refused; or no answer came (<see cref="ProblemException.Status"/> 0), and it may have been taken.
    /// </exception>
    public Task<PostResult> PostAsync(
        string liveVideoId, string message, string? author = null, string? idempotencyKey = null, CommentId? replyTo = null,
        CancellationToken cancellation = default)
    {
        CheckVideo(liveVideoId);
        ArgumentNullException.ThrowIfNull(message);
        if (idempotencyKey is not null && (idempotencyKey.Length is 0 or > 64 || !idempotencyKey.All(one => one is > ' ' and <= '~')))
            throw new ArgumentException("A key is 1 to 64 visible ASCII characters.", nameof(idempotencyKey));
        var key = idempotencyKey ?? NewIdempotencyKey();
        return _requests.SendAsync(
            server =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"comments/{liveVideoId}"))
                {
                    Content = JsonContent.Create(new(author, message, replyTo), WireJson.Default.NewComment),
                };
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            (status, body) => status == HttpStatusCode.Accepted
                ? new PostResult(null, WireJson.Read(body.Span, WireJson.Default.HeldComment))
                : new PostResult(WireJson.Read(body.Span, WireJson.Default.Comment), null),
            cancellation);
    }

    /// <summary>What became of a comment that a moderator is to see first.</summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="heldId">The <see cref="HeldComment.HeldId"/> of the post's result.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The video's id is out of its bounds.</exception>
    /// <exception cref="ProblemException">It was refused, or no answer came.</exception>
    public Task<HeldComment> ReadHeldAsync(string liveVideoId, CommentId heldId, CancellationToken cancellation = default)
    {
        CheckVideo(liveVideoId);
        return _requests.SendAsync(
            server => new(HttpMethod.Get, new Uri(server, $"comments/{liveVideoId}/held/{heldId}")),
            (_, body) => WireJson.Read(body.Span, WireJson.Default.HeldComment),
            cancellation);
    }

    /// <summary>
    /// Removes a comment: one's own, or any where the token is a moderator's. It is gone once this completes, also if it was before.
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="id">The comment.</param>
    /// <param name="reason">Why, if a moderator removes it: up to 100 characters, kept with what moderators have done.</param>
    /// <param name="note">What else moderators should know: up to 500 characters.</param>
    /// <param name="cancellation">Gives up; it may be gone all the same.</param>
    /// <exception cref="ArgumentException">The video's id is out of its bounds.</exception>
    /// <exception cref="ProblemException">It was refused, or no answer came.</exception>
    public Task RemoveAsync(
        string liveVideoId, CommentId id, string? reason = null, string? note = null, CancellationToken cancellation = default)
    {
        CheckVideo(liveVideoId);
        return _requests.SendAsync(
            server => new(HttpMethod.Delete, new Uri(server, $"comments/{liveVideoId}/{id}"))
            {
                Content = reason is null && note is null ? null : JsonContent.Create(new(reason, note), WireJson.Default.RemovalReason),
            },
            (_, _) => true,
            cancellation);
    }

    /// <summary>
    /// Reads one page of the history, newest first. While the video is followed, what is known to be removed is not in it, and a page that is
    /// too old for that is read again.
    /// </summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="before">Only comments older than this id (a <see cref="CommentPage.NextCursor"/> is one too); null for the newest.</param>
    /// <param name="limit">The most comments of the page, 1 to 200.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The video's id or the limit is out of its bounds.</exception>
    /// <exception cref="ProblemException">It was refused, or no answer came.</exception>
    public Task<CommentPage> ReadPageAsync(
        string liveVideoId, CommentId? before = null, int limit = 50, CancellationToken cancellation = default)
    {
        CheckVideo(liveVideoId);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        return HistoryRequests.ReadPageAsync(_requests, liveVideoId, before, limit, _followed.Find(liveVideoId), cancellation);
    }

    /// <summary>Reads the history from the newest comment, or from one, to the oldest that there is: page by page, as they are taken.</summary>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="before">Only comments older than this id; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The video's id is out of its bounds.</exception>
    /// <exception cref="ProblemException">While it is enumerated: it was refused, or no answer came.</exception>
    public IAsyncEnumerable<Comment> ReadHistoryAsync(
        string liveVideoId, CommentId? before = null, CancellationToken cancellation = default)
    {
        CheckVideo(liveVideoId);
        return ReadAllAsync(cancellation);

        async IAsyncEnumerable<Comment> ReadAllAsync([EnumeratorCancellation] CancellationToken ended)
        {
            var cursor = before;
            do
            {
                var page = await ReadPageAsync(liveVideoId, cursor, MaxPage, ended).ConfigureAwait(false);
                foreach (var comment in page.Comments) yield return comment;
                cursor = page.NextCursor;
            }
            while (cursor is not null);
        }
    }

    /// <summary>
    /// Whether a comment is known here to be removed: it may come late, as the answer to its post. Only while its video is followed.
    /// </summary>
    public bool IsRemoved(Comment comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return _followed.Find(comment.LiveVideoId)?.Include(comment) == true;
    }

    /// <summary>A key that no other post has, for <see cref="PostAsync"/>.</summary>
    public static string NewIdempotencyKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Ends all that follow, with an <see cref="OperationCanceledException"/>, and closes the connections if they are its own.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _own?.Dispose();
        _requests.Dispose();
    }

    private static void CheckVideo(string liveVideoId)
    {
        ArgumentNullException.ThrowIfNull(liveVideoId);
        if (liveVideoId.Length is 0 or > 64 || !liveVideoId.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-'))
            throw new ArgumentException("A live video is named by 1 to 64 of A-Z, a-z, 0-9, '_' and '-'.", nameof(liveVideoId));
    }
}
