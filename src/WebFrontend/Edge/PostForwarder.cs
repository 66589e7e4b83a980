using System.Net;
using System.Text.Json;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;
using Microsoft.Extensions.Primitives;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes posts on to the upstream as they came, and its answers back as they are.</summary>
internal sealed class PostForwarder(UpstreamClient upstream, EdgeLiveVideos liveVideos, LimitsOptions limits, CommentMetrics metrics) : IPostHandler
{
    private readonly PostAdmission _admission = new(limits.MaxWaitingPosts, metrics);

    public async Task<IResult> PostAsync(LiveVideoId liveVideoId, string? idempotencyKey, HttpRequest request)
    {
        if (await PostBody.ReadBytesAsync(request) is not { } body) return Problems.BodyTooLarge();
        if (!_admission.TryEnter()) return Problems.Overloaded().RetryLater(request.HttpContext);
        try
        {
            using var answer = await upstream.PostAsync(liveVideoId, body, request.Headers.ContentType, idempotencyKey);
            return await PassBackAsync(liveVideoId, answer, request.HttpContext.Response);
        }
        finally
        {
            _admission.Leave();
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
