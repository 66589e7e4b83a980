using System.Net;
using System.Text.Json;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;
using Microsoft.Extensions.Primitives;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes posts on as they came, and the upstream's answers back as they are.</summary>
internal sealed class PostForwarder(UpstreamClient upstream, EdgeLiveVideos liveVideos, LimitsOptions limits, CommentMetrics metrics)
{
    private int _waiting;

    /// <summary>Handles a post.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away; the comment may have been taken all the same.</exception>
    public async Task<IResult> PassOnAsync(string liveVideoId, HttpRequest request)
    {
        if (!LiveVideoId.TryParse(liveVideoId, null, out var id)) return Problems.InvalidLiveVideoId();
        if (await NewComment.ReadBytesAsync(request) is not { } body) return Problems.BodyTooLarge();
        try
        {
            if (Interlocked.Increment(ref _waiting) > limits.MaxWaitingPosts)
            {
                metrics.Refused(PostStatus.Overloaded);
                return Problems.Overloaded().RetryLater(request.HttpContext);
            }

            using var answer = await upstream.PostAsync(id, body, request.Headers.ContentType, request.Headers["Idempotency-Key"]);
            return await PassBackAsync(id, answer, request.HttpContext.Response);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<IResult> PassBackAsync(LiveVideoId id, HttpResponseMessage answer, HttpResponse response)
    {
        // What a proxy on the way says when it finds no upstream is not for the poster.
        if ((int)answer.StatusCode >= 500 && answer.Headers.RetryAfter is null)
            throw new CommentsUnavailableException($"The upstream answered {(int)answer.StatusCode} to a post.");

        var body = await answer.Content.ReadAsByteArrayAsync();
        // Who has posted through this node and then watches through it finds the comment there.
        if (answer.StatusCode == HttpStatusCode.Created)
            await liveVideos.ReachAsync(id, JsonSerializer.Deserialize(body, WireJson.Context.Comment)!.Id);

        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.Headers.RetryAfter = answer.Headers.RetryAfter?.ToString() ?? StringValues.Empty;
        await response.BodyWriter.WriteAsync(body);
        return TypedResults.Empty;
    }
}
