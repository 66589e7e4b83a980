using System.Net;
using System.Net.Http.Headers;

namespace LiveComments.WebFrontend.Review;

/// <summary>Asks the hook about comments, with one request.</summary>
internal sealed class HookClient(HookOptions options, HttpClient http, TimeProvider time)
{
    /// <summary>The largest answer, in bytes; 100 messages, each character of them escaped, fit.</summary>
    public const int MaxAnswer = 1 << 20;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    private readonly WebhookSignature _signature = new(options.ReadSecret() ?? throw new InvalidOperationException("The settings are checked."));

    /// <summary>Asks about comments, and gives the valid verdicts by the ids of their reviews.</summary>
    /// <exception cref="HttpRequestException">It was not reached, or answered something other than 200 or too much.</exception>
    /// <exception cref="System.Text.Json.JsonException">It answered what is no list of verdicts.</exception>
    public async Task<Dictionary<string, ReviewVerdict>> AskAsync(IEnumerable<WaitingReview> reviews, CancellationToken cancellationToken)
    {
        var body = HookMessages.Write(reviews.Select(review => new HookMessages.HookComment(
            review.Id, review.Video.ToString(), review.Draft.Author, PersonOf(review.Draft), review.Draft.Message)));
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = JsonType;
        _signature.Sign(request.Headers, $"msg_{Guid.CreateVersion7():N}", time.GetUtcNow(), body);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"It answered {(int)response.StatusCode}.", null, response.StatusCode);
        return HookMessages.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    // The id of an address is shown to moderators alone.
    private static string? PersonOf(CommentDraft draft) => draft.Identity?.Person?.ToString();
}
