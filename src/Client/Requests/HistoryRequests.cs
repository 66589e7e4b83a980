using System.Globalization;
using LiveComments.Client.Follow;
using LiveComments.Client.Wire;

namespace LiveComments.Client.Requests;

/// <summary>Reads pages of the history.</summary>
internal static class HistoryRequests
{
    /// <summary>Reads one page, and holds it to what a page must be.</summary>
    /// <param name="requests">Sends the request.</param>
    /// <param name="liveVideoId">The video.</param>
    /// <param name="before">Only comments older than this.</param>
    /// <param name="limit">The most comments.</param>
    /// <param name="known">What is known to be removed: it is not in the page. Null: nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">It was refused, got no answer, is no page, or stays older than what is known.</exception>
    public static Task<CommentPage> ReadPageAsync(
        ServerRequests requests, string liveVideoId, CommentId? before, int limit, KnownRemovals? known, CancellationToken cancellation) =>
        requests.SendAsync(
            server => new(HttpMethod.Get, new Uri(server, Query(liveVideoId, before, limit))),
            (_, body) => Apply(known, Check(WireJson.Read(body.Span, WireJson.Default.CommentPage), liveVideoId, before)),
            cancellation);

    // Another node may have answered, which is behind: the page is read again.
    private static CommentPage Apply(KnownRemovals? known, CommentPage page) =>
        known is null ? page : known.Apply(page) ?? throw ProblemException.NotCurrent();

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
