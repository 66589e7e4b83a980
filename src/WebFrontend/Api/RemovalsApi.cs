using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which comments are taken back, and one comment is read.</summary>
internal sealed class RemovalsApi(
    IRemovalHandler removals, PostRateLimit postRateLimit, ReadRateLimit readRateLimit, VideosOptions videos, VideoAccess access)
{
    // Ids are numbers; else every method of it would be one of all that is beside it.
    private const string Comment = "/comments/{liveVideoId}/{commentId:long}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<RemovalsApi>(routes.ServiceProvider);
        routes.MapDelete(Comment, api.RemoveAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Remove a comment")
            .WithDescription(
                "For moderators (comments:moderate), and for its author. The body may be left out. Answers once the text has left the "
                + "store, also where it was removed before; whoever watches is told.")
            .Accepts<RemovalReason>(isOptional: true, "application/json")
            .Produces(204)
            .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);

        routes.MapPost("/comments/{liveVideoId}/removals", api.RemoveManyAsync)
            .WithMetadata(JsonBody.ServersLimit)
            .WithSummary("Remove all comments of an author, of everybody, or those that are named")
            .WithDescription(
                "For moderators (comments:moderate). Send one of authorId, \"all\": true, and ids (up to 100; those that are not there are "
                + "passed over). Whoever watches is told by one event.")
            .Accepts<NewRemoval>("application/json")
            .Produces<RemovedCount>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);

        routes.MapGet("/comments/{liveVideoId}/removals/{removalId:long}", api.FindReceiptAsync)
            .WithSummary("Read how many of those who watch had been sent what was removed, and were told")
            .WithDescription(
                "For moderators (comments:moderate). The id is in the header LiveComments-Removal of a removal's answer, and removalId in "
                + "its body. Viewers of all nodes and edges are counted, for the last removals, of comments that are among the last of "
                + "their video.")
            .Produces<ReceiptAnswer>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);

        routes.MapDelete("/comments/{liveVideoId}", api.RemoveAllAsync)
            .WithSummary("Remove all comments of a live video")
            .WithDescription("For owners (comments:manage). Whoever watches is told by one event. The video can be written to again.")
            .Produces<RemovedCount>()
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet(Comment, api.FindAsync)
            .WithSummary("Read one comment")
            .Produces<LiveComments.Comment>()
            .ProducesProblems(400, 401, 403, 404, 410, 429, 503);
    }

    private async Task<IResult> RemoveAsync(string liveVideoId, string commentId, HttpContext context) =>
        postRateLimit.Refuse(context)
        ?? Check(liveVideoId, commentId, out var video, out var comment)
        ?? await removals.RemoveAsync(video, comment, context);

    private async Task<IResult> RemoveManyAsync(string liveVideoId, HttpContext context) =>
        postRateLimit.Refuse(context)
        ?? videos.Refuse(liveVideoId, out var video)
        ?? await removals.RemoveManyAsync(video, context);

    private async Task<IResult> RemoveAllAsync(string liveVideoId, HttpContext context) =>
        postRateLimit.Refuse(context)
        ?? videos.Refuse(liveVideoId, out var video)
        ?? await removals.RemoveAllAsync(video, context);

    private async Task<IResult> FindReceiptAsync(string liveVideoId, string removalId, HttpContext context) =>
        readRateLimit.Refuse(context)
        ?? videos.Refuse(liveVideoId, out var video)
        ?? (CommentId.TryParse(removalId, out var removal)
            ? await removals.FindReceiptAsync(video, removal, context)
            : Problems.NoSuchRemoval());

    private async Task<IResult> FindAsync(string liveVideoId, string commentId, HttpContext context)
    {
        if (readRateLimit.Refuse(context) is { } tooMany) return tooMany;
        if (Check(liveVideoId, commentId, out var video, out var comment) is { } problem) return problem;
        var (reader, refusal) = await access.ToReadAsync(context, video);
        if (refusal is not null) return refusal;
        // It may be removed a moment later.
        context.Response.Headers.CacheControl = reader is null ? "no-store" : "private, no-store";
        return await removals.FindAsync(video, comment, context);
    }

    private ProblemHttpResult? Check(string liveVideoId, string commentId, out LiveVideoId video, out CommentId comment)
    {
        comment = default;
        return videos.Refuse(liveVideoId, out video) ?? (CommentId.TryParse(commentId, out comment) ? null : Problems.NoSuchComment());
    }
}
