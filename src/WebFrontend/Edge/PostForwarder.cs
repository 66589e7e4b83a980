using System.Net;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes posts on to the upstream as they came, and its answers back as they are.</summary>
internal sealed class PostForwarder(
    UpstreamClient upstream, EdgeLiveVideos liveVideos, LimitsOptions limits, CommentMetrics metrics) : IPostHandler
{
    private readonly PostAdmission _admission = new(limits.MaxWaitingPosts, metrics);

    public async Task<IResult> PostAsync(LiveVideoId liveVideoId, string? idempotencyKey, HttpRequest request)
    {
        if (await JsonBody.ReadBytesAsync(request) is not { } body) return Problems.BodyTooLarge();
        if (!_admission.TryEnter()) return Problems.Overloaded().RetryLater(request.HttpContext);
        try
        {
            using var answer = await upstream.PostAsync(
                liveVideoId, body, request.Headers.ContentType, request.Headers.Authorization, idempotencyKey);
            return await PassBackAsync(liveVideoId, answer, request.HttpContext.Response);
        }
        finally
        {
            _admission.Leave();
        }
    }

    private async Task<IResult> PassBackAsync(LiveVideoId id, HttpResponseMessage answer, HttpResponse response)
    {
        var body = await UpstreamAnswer.ReadAsync(answer);
        // One that is held is no comment yet.
        if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
        {
            var comment = UpstreamClient.ReadComment(body, id);
            // Who has posted through this node and then watches through it finds the comment there.
            if (answer.StatusCode == HttpStatusCode.Created) await liveVideos.ReachAsync(id, comment.Id);
        }

        return await UpstreamAnswer.PassBackAsync(answer, body, response);
    }
}
