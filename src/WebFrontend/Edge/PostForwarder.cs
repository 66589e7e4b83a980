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
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Created:
                // Who has posted through this node and then watches through it finds the comment there.
                await liveVideos.ReachAsync(id, UpstreamClient.ReadComment(body, id).Id);
                break;
            case HttpStatusCode.OK:
                UpstreamClient.ReadComment(body, id);
                break;
            case HttpStatusCode.Accepted:
                // One that is held is no comment yet.
                if (!UpstreamClient.Read(body, WireJson.Context.DictionaryStringJsonElement).ContainsKey("heldId"))
                    throw new CommentsUnavailableException("The upstream answered 202, and holds nothing.");
                break;
            case HttpStatusCode.NoContent:
                throw new CommentsUnavailableException("The upstream answered 204 to a post.");
        }

        return await UpstreamAnswer.PassBackAsync(answer, body, response);
    }
}
