using System.Globalization;
using LiveComments.Client.Wire;

namespace LiveComments.Client.Requests;

/// <summary>Reads pages of the history.</summary>
internal static class HistoryRequests
{
    /// <summary>Reads one page, and holds it to what a page must be.</summary>
    /// <exception cref="ProblemException">It was refused, got no answer, or is no page.</exception>
    public static Task<CommentPage> ReadPageAsync(
        ServerRequests requests, string liveVideoId, CommentId? before, int limit, CancellationToken cancellation) =>
        requests.SendAsync(
            server => new(HttpMethod.Get, new Uri(server, Query(liveVideoId, before, limit))),
            (_, body) => Check(WireJson.Read(body.Span, WireJson.Default.CommentPage), liveVideoId, before),
            cancellation);

    private static string Query(string liveVideoId, CommentId? before, int limit) => string.Create(
        CultureInfo.InvariantCulture, $"comments/{liveVideoId}?limit={limit}{(before is { } cursor ? $"&cursor={cursor}" : "")}");

    private static CommentPage Check(CommentPage page, string liveVideoId, CommentId? before)
    {
        var last = before ?? new(long.MaxValue);
        foreach (var comment in page.Comments)
        {
            if (comment is null || comment.LiveVideoId != liveVideoId || comment.Id >= last)
                throw ProblemException.NotOurs("a page of other comments");
            last = comment.Id;
        }

        // Else it would be read for ever.
        return before is null || !(page.NextCursor >= before) ? page : throw ProblemException.NotOurs("a page that leads nowhere");
    }
}
