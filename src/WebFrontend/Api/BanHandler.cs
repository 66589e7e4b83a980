using System.Text.Json;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Bans people from the live videos of this node or cluster; from all at once where the host of the videos has such bans.
/// </summary>
internal sealed partial class BanHandler(
    ILiveVideos liveVideos, VideoAccess access, IAudit audit, TimeProvider time, ILogger<BanHandler> log, ISiteBans? siteBans = null)
    : IBanHandler
{
    public async Task<IResult> BanAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context)
    {
        var (person, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (body, problem) = await JsonBody.ReadOptionalAsync(context.Request, WireJson.Context.NewBan, NewBan.Empty, NewBan.Example);
        if (body is null) return problem!;
        var (ban, from, errors) = Check(body, author);
        if (liveVideoId is null && from is not null) errors["removeSince"] = ["Comments are removed on one video at a time."];
        if (liveVideoId is null && body.Address) errors["address"] = ["An address is held on one video at a time. Leave it out here."];
        if (errors.Count > 0) return Problems.InvalidBan(errors);

        var action = liveVideoId is null ? AuditAction.SiteBan : AuditAction.Ban;
        var details = JsonSerializer.SerializeToElement(new AskedBan(ban.Until, from, body.Address), WireJson.Context.AskedBan);
        await audit.NoteAsync(liveVideoId, person!, action, AuditTarget.Of(author), new(body.Reason, null), details);
        var removed = 0;
        if (liveVideoId is not { } video)
        {
            await siteBans!.AddAsync(ban);
        }
        else
        {
            var outcome = await liveVideos.RemoveAsync(video, RemovalRequest.OfBan(ban, from));
            if (outcome.Status != RemovalStatus.Removed) return Unavailable(outcome.Status, context);
            if (from is { } since)
            {
                // What waits for a moderator goes with it.
                var held = await liveVideos.RemoveAsync(video.OfHeld, RemovalRequest.OfAuthor(author, since));
                if (held.Status != RemovalStatus.Removed) return Unavailable(held.Status, context);
            }

            removed = outcome.Count;
            // An owner of an earlier version holds no addresses, and says nothing of the ban.
            ban = outcome.Ban ?? ban with { HoldsAddress = false };
        }

        LogBanned(author, ban.Until, liveVideoId, person!.Id, body.Reason, removed);
        return TypedResults.Json(
            new BanAnswer(author, ban.Until, ban.Reason, removed, body.Address ? ban.HoldsAddress : null), WireJson.Context.BanAnswer);
    }

    public async Task<IResult> LiftAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context)
    {
        var (person, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        await audit.NoteAsync(
            liveVideoId, person!, liveVideoId is null ? AuditAction.SiteLift : AuditAction.Lift, AuditTarget.Of(author));
        if (liveVideoId is not { } video)
        {
            await siteBans!.LiftAsync(author);
        }
        else
        {
            var outcome = await liveVideos.RemoveAsync(video, RemovalRequest.OfLift(author));
            if (outcome.Status != RemovalStatus.Removed) return Unavailable(outcome.Status, context);
        }

        LogLifted(author, liveVideoId, person!.Id);
        return TypedResults.NoContent();
    }

    public async Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (_, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = "private, no-store";
        var bans = await liveVideos.ReadBansAsync(liveVideoId);
        return TypedResults.Json(
            new BanPage([.. bans.Select(ban => new BanAnswer(ban.Author, ban.Until, ban.Reason))]), WireJson.Context.BanPage);
    }

    public async Task<IResult> FindOnSiteAsync(AuthorId author, HttpContext context)
    {
        var (_, refusal) = await AdmitAsync(context, null);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = "private, no-store";
        return await siteBans!.FindAsync(author) is { } ban
            ? TypedResults.Json(new BanAnswer(ban.Author, ban.Until, ban.Reason), WireJson.Context.BanAnswer)
            : Problems.NotBanned();
    }

    private ValueTask<Admission> AdmitAsync(HttpContext context, LiveVideoId? liveVideoId)
    {
        if (liveVideoId is { } video) return access.ToModerateAsync(context, video);
        return siteBans is null ? new(new Admission(null, Problems.NotFound())) : access.ToManageSiteAsync(context);
    }

    private (Ban Ban, CommentId? From, Dictionary<string, string[]> Errors) Check(NewBan body, AuthorId author)
    {
        var now = time.GetUtcNow();
        var errors = new RemovalReason(body.Reason, null).Complaints;
        DateTimeOffset? until = null;
        if (body.Until is { } text)
        {
            if (Moments.TryParseAhead(text, now, out var end) && end - now >= Ban.Shortest && end - now <= Ban.Longest) until = end;
            else errors["until"] = ["Send a duration of 1 s to 2 weeks, such as PT10M, or when it is over. Leave it out for good."];
        }

        CommentId? from = null;
        if (body.RemoveSince is { } since)
        {
            if (Moments.TryParseBack(since, now, out var start)) from = CommentId.At(start);
            else errors["removeSince"] = ["Send a duration such as PT10M, or a time that has passed, such as 2026-01-31T12:00:00Z."];
        }

        return (new(author, now, until, body.Reason) { HoldsAddress = body.Address }, from, errors);
    }

    private static ProblemHttpResult Unavailable(RemovalStatus status, HttpContext context) =>
        (status == RemovalStatus.Overloaded ? Problems.Overloaded() : Problems.Unavailable()).RetryLater(context);

    [LoggerMessage(1, LogLevel.Information,
        "{Author} was banned until {Until} from {Video} by {Moderator}. Reason: {Reason}. Comments removed: {Count}.")]
    private partial void LogBanned(
        AuthorId author, DateTimeOffset? until, LiveVideoId? video, AuthorId? moderator, string? reason, int count);

    [LoggerMessage(2, LogLevel.Information, "The ban of {Author} from {Video} was lifted by {Moderator}.")]
    private partial void LogLifted(AuthorId author, LiveVideoId? video, AuthorId? moderator);
}
