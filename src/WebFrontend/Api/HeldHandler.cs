using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Held;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Handles the held comments of the live videos of this node or cluster.</summary>
internal sealed partial class HeldHandler(HoldQueue queue, VideoAccess access, IAudit audit, ILogger<HeldHandler> log) : IHeldHandler
{
    // Moderators need some seconds at least.
    private const int AskAgainSeconds = 5;

    public async Task<IResult> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit, HttpContext context)
    {
        var (_, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = "private, no-store";
        await queue.ExpireAsync(liveVideoId);
        var page = await queue.ReadAsync(liveVideoId, before, limit);
        return TypedResults.Json(
            new HeldPage([.. page.Comments.Select(ShownHeldComment.Of)], page.NextCursor, page.AsOf), WireJson.Context.HeldPage);
    }

    public async Task<IResult> FindAsync(LiveVideoId liveVideoId, CommentId held, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await queue.FindAsync(liveVideoId, held) is not { } state) return Problems.NoSuchHeldComment();
        if (state.Status == HeldStatus.Held) context.Response.Headers.RetryAfter = $"{AskAgainSeconds}";
        return Answer(state, held);
    }

    public async Task<IResult> DecideAsync(LiveVideoId liveVideoId, CommentId held, HttpContext context)
    {
        var (person, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (body, problem) = await JsonBody.ReadAsync(context.Request, WireJson.Context.NewDecision, NewDecision.Example);
        if (body is null) return problem!;
        var errors = new RemovalReason(body.Reason, body.Note).Complaints;
        if (body.Decision is not ("publish" or "refuse")) errors["decision"] = ["Send publish or refuse."];
        if (errors.Count > 0) return Problems.InvalidDecision(errors);

        var publish = body.Decision == "publish";
        // What was decided before need not be written again.
        if (await queue.FindAsync(liveVideoId, held) is not { } before) return Problems.NoSuchHeldComment();
        if (before.Status == HeldStatus.Held)
            await audit.NoteAsync(
                liveVideoId, person!, publish ? AuditAction.Publish : AuditAction.Refuse, AuditTarget.OfHeld(held, before.Comment?.Entry.Identity?.Id),
                new(body.Reason, body.Note));
        if (await queue.DecideAsync(liveVideoId, held, publish) is not { } state) return Problems.NoSuchHeldComment();
        if (state.Status == HeldStatus.Expired) return Problems.HeldExpired();
        if (state.Status != (publish ? HeldStatus.Published : HeldStatus.Refused)) return Problems.DecidedOtherwise();
        LogDecided(held, liveVideoId, publish ? "published" : "refused", person!.Id, body.Reason, body.Note);
        return Answer(state, held);
    }

    private JsonHttpResult<HeldAnswer> Answer(HeldState state, CommentId held) =>
        TypedResults.Json(queue.Describe(held, state), WireJson.Context.HeldAnswer);

    [LoggerMessage(1, LogLevel.Information, "The held comment {Held} of {Video} was {Decision} by {Moderator}. Reason: {Reason}. Note: {Note}")]
    private partial void LogDecided(
        CommentId held, LiveVideoId video, string decision, AuthorId? moderator, string? reason, string? note);
}
