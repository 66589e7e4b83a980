using System.Security.Cryptography;
using System.Text.Json;
using LiveComments.WebFrontend.Wire;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoint at which the comments of a stretch of time are read, for whoever watches a recording of the video.</summary>
internal sealed class ReplayApi(
    PublicView view, ReadRateLimit rateLimit, VideosOptions videos, VideoAccess access, TimeProvider time)
{
    private const int MostComments = 1_000;

    // As many as an edge gets from its upstream at once.
    private const int Page = 200;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<ReplayApi>(routes.ServiceProvider);
        routes.MapGet("/comments/{liveVideoId}/replay", api.ReadAsync)
            .WithSummary("Read the comments of a stretch of time, oldest first")
            .WithDescription(
                "From from up to and without to (RFC 3339), 10 minutes at most. If there are more than 1,000, these are the newest of them; "
                + "the same request with cursor and the nextCursor of this answer reads the older ones. The ETag names what is there.")
            .Produces<ReplayWindow>()
            .ProducesProblems(400, 401, 403, 429, 503);
    }

    private async Task<IResult> ReadAsync(string liveVideoId, string? from, string? to, string? cursor, HttpContext context)
    {
        if (rateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (videos.Refuse(liveVideoId, out var id) is { } problem) return problem;
        var (reader, refusal) = await access.ToReadAsync(context, id);
        if (refusal is not null) return refusal;
        if (from is null || !Moments.TryParse(from, out var begin)) return Problems.InvalidParameter("from", "a time as 2026-01-01T20:00:00Z");
        if (to is null || !Moments.TryParse(to, out var end) || end <= begin || end - begin > MostTime)
            return Problems.InvalidParameter("to", $"a time after from, at most {MostTime.TotalMinutes:0} minutes later");
        var (first, before) = (CommentId.At(begin), CommentId.At(end));
        if (cursor is not null)
        {
            if (!CommentId.TryParse(cursor, out var older)) return Problems.InvalidParameter("cursor", "the nextCursor of such a stretch");
            if (older < before) before = older;
        }

        var window = await FindAsync(id, first, before);
        context.Response.Headers.CacheControl = CacheControl(isPrivate: reader is not null, window.Complete);
        var json = JsonSerializer.SerializeToUtf8Bytes(window, WireJson.Context.ReplayWindow);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"");
        // It answers 304 to those who have it.
        return TypedResults.Bytes(json, "application/json; charset=utf-8", entityTag: tag);
    }

    private async Task<ReplayWindow> FindAsync(LiveVideoId id, CommentId first, CommentId before)
    {
        var isPast = before.CreatedAt < time.GetUtcNow() - PublicView.Settled;
        var page = await view.ReadAsync(id, before, Page);
        // Ids only rise: with a later entry in the log nothing comes before it.
        var complete = isPast || page.AsOf >= before;
        var comments = new List<Comment>();
        while (true)
        {
            comments.AddRange(page.Comments.TakeWhile(comment => comment.Id >= first));
            var next = page.NextCursor > first ? page.NextCursor : null;
            if (next is null || comments.Count >= MostComments)
            {
                comments.Reverse();
                return new(comments, next, complete);
            }

            page = await view.ReadAsync(id, next.Value, Page);
        }
    }

    // What may still grow, and what is removed, shows at once to those who ask whether it is still the same.
    private string CacheControl(bool isPrivate, bool complete)
    {
        var age = complete && videos.ReplayMaxAgeSeconds > 0 ? $"max-age={videos.ReplayMaxAgeSeconds}" : "no-cache";
        return isPrivate ? $"private, {age}" : age;
    }
}
