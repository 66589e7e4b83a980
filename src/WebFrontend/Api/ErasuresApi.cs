using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>The endpoints at which all that somebody has written is removed from all live videos.</summary>
internal sealed class ErasuresApi(IErasureHandler erasures, PostRateLimit postRateLimit, ReadRateLimit readRateLimit)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = ActivatorUtilities.CreateInstance<ErasuresApi>(routes.ServiceProvider);
        routes.MapDelete("/people/{authorId}/comments", api.AskAsync)
            .WithSummary("Remove all that somebody has written, from all live videos")
            .WithDescription(
                "For owners (comments:manage) of all videos. Answers once it is sure to be done; it is done in the background. Location is "
                + "where it says how far it is. While it runs, to ask again is to ask how far it is; later it begins anew.")
            .Produces<ErasureAnswer>(202)
            .ProducesProblems(400, 401, 403, 429, 503);

        routes.MapGet("/people/{authorId}/erasure", api.FindAsync)
            .WithSummary("Read how far the removal of all that somebody has written is")
            .WithDescription("For owners (comments:manage) of all videos.")
            .Produces<ErasureAnswer>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
    }

    private async Task<IResult> AskAsync(string authorId, HttpContext context) =>
        postRateLimit.Refuse(context) ?? AuthorIds.Refuse(authorId, out var author) ?? await erasures.AskAsync(author, context);

    private async Task<IResult> FindAsync(string authorId, HttpContext context) =>
        readRateLimit.Refuse(context) ?? AuthorIds.Refuse(authorId, out var author) ?? await erasures.FindAsync(author, context);
}
