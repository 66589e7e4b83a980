using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which people are banned from a video, or from all.</summary>
internal sealed class BansApi(IBanHandler bans, PostRateLimit postRateLimit, ReadRateLimit readRateLimit, VideosOptions videos)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<BansApi>(routes.ServiceProvider);
        routes.MapPut("/comments/{liveVideoId}/bans/{authorId}", api.BanAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Ban somebody from writing to a live video")
            .WithDescription(
                "For moderators (comments:moderate). For good, or until a time or for a duration of 1 s to 2 weeks. The body may be left "
                + "out. With removeSince the comments from then on are removed as well. With address the address of a guest, or of an "
                + "author without a token, is held as well, for 24 hours at most; the answer says false if it is not known any more. A "
                + "name is kept for moderators, who read it with the bans, until the ban is lifted or has ended.")
            .Accepts<NewBan>(isOptional: true, "application/json")
            .Produces<BanAnswer>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);

        routes.MapDelete("/comments/{liveVideoId}/bans/{authorId}", api.LiftAsync)
            .WithSummary("Lift a ban")
            .WithDescription("For moderators (comments:moderate).")
            .Produces(204)
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet("/comments/{liveVideoId}/bans", api.ReadAsync)
            .WithSummary("Read who is banned, the last one first")
            .WithDescription("For moderators (comments:moderate).")
            .Produces<BanPage>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapPatch("/comments/{liveVideoId}/bans", api.ChangeAsync)
            .WithMetadata(new RequestSizeLimitAttribute(2 * NewBan.MaxBytesOfMany))
            .WithSummary("Ban some people from a live video, and lift the bans of others")
            .WithDescription(
                "For moderators (comments:moderate). A JSON Merge Patch (RFC 7396) by author id, of up to 100 people: a ban as PUT takes "
                + "it, or null to lift one. Answers with the new bans. Where it fails part of it may have been done; ask again.")
            .Accepts<Dictionary<string, NewBan>>("application/merge-patch+json", "application/json")
            .Produces<BanPage>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);

        routes.MapPut("/people/{authorId}/ban", api.BanOnSiteAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Ban somebody from writing to any live video")
            .WithDescription("For owners (comments:manage) of all videos. It holds everywhere within 2 s.")
            .Accepts<NewBan>(isOptional: true, "application/json")
            .Produces<BanAnswer>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);

        routes.MapDelete("/people/{authorId}/ban", api.LiftOnSiteAsync)
            .WithSummary("Lift a ban from all live videos")
            .WithDescription("For owners (comments:manage) of all videos.")
            .Produces(204)
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet("/people/{authorId}/ban", api.FindOnSiteAsync)
            .WithSummary("Read whether somebody is banned from all live videos")
            .WithDescription("For owners (comments:manage) of all videos.")
            .Produces<BanAnswer>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
    }

    private async Task<IResult> BanAsync(string liveVideoId, string authorId, HttpContext context) =>
        Check(liveVideoId, authorId, context, out var video, out var author) ?? await bans.BanAsync(video, author, context);

    private async Task<IResult> LiftAsync(string liveVideoId, string authorId, HttpContext context) =>
        Check(liveVideoId, authorId, context, out var video, out var author) ?? await bans.LiftAsync(video, author, context);

    private async Task<IResult> ReadAsync(string liveVideoId, HttpContext context) =>
        readRateLimit.Refuse(context) ?? videos.Refuse(liveVideoId, out var video) ?? await bans.ReadAsync(video, context);

    private async Task<IResult> ChangeAsync(string liveVideoId, HttpContext context) =>
        postRateLimit.Refuse(context) ?? videos.Refuse(liveVideoId, out var video) ?? await bans.ChangeAsync(video, context);

    private async Task<IResult> BanOnSiteAsync(string authorId, HttpContext context) =>
        Check(authorId, context, out var author) ?? await bans.BanAsync(null, author, context);

    private async Task<IResult> LiftOnSiteAsync(string authorId, HttpContext context) =>
        Check(authorId, context, out var author) ?? await bans.LiftAsync(null, author, context);

    private async Task<IResult> FindOnSiteAsync(string authorId, HttpContext context) =>
        readRateLimit.Refuse(context) ?? AuthorIds.Refuse(authorId, out var author) ?? await bans.FindOnSiteAsync(author, context);

    private ProblemHttpResult? Check(
        string liveVideoId, string authorId, HttpContext context, out LiveVideoId video, out AuthorId author)
    {
        author = default;
        return videos.Refuse(liveVideoId, out video) ?? Check(authorId, context, out author);
    }

    private ProblemHttpResult? Check(string authorId, HttpContext context, out AuthorId author)
    {
        author = default;
        return postRateLimit.Refuse(context) ?? AuthorIds.Refuse(authorId, out author);
    }
}
