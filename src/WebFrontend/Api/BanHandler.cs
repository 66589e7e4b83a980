using System.Text.Json;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Identity;
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
    private readonly BannedNames _names = new(liveVideos, time);

    public async Task<IResult> BanAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context)
    {
        var (person, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (body, problem) = await JsonBody.ReadOptionalAsync(context.Request, WireJson.Context.NewBan, NewBan.Empty, NewBan.Example);
        if (body is null) return problem!;
        var asked = Check(body, author);
        if (liveVideoId is null && asked.From is not null) asked.Errors["removeSince"] = ["Comments are removed on one video at a time."];
        if (liveVideoId is null && body.Address)
            asked.Errors["address"] = ["An address is held on one video at a time. Leave it out here."];
        if (liveVideoId is null && body.Name is not null)
            asked.Errors["name"] = ["A name is kept on one video at a time. Leave it out here."];
        if (asked.Errors.Count > 0) return Problems.InvalidBan(asked.Errors);
        var (answer, failure) = await CarryOutAsync(liveVideoId, asked, person!);
        return failure is { } status ? Unavailable(status, context) : TypedResults.Json(answer!, WireJson.Context.BanAnswer);
    }

    public async Task<IResult> ChangeAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (person, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (body, problem) = await JsonBody.ReadAsync(
            context.Request, WireJson.Context.DictionaryStringNewBan, NewBan.ExampleOfMany, NewBan.MaxBytesOfMany);
        if (body is null) return problem!;
        var (bans, lifts, errors) = Check(body);
        if (errors.Count > 0) return Problems.InvalidBan(errors);

        // The queue of the video takes them one after the other.
        var banning = bans.Select(asked => CarryOutAsync(liveVideoId, asked, person!)).ToList();
        var lifting = lifts.Select(author => LiftAsync(liveVideoId, author, person!)).ToList();
        await Task.WhenAll([.. banning, .. lifting]);
        var outcomes = banning.Select(ban => ban.Result).ToList();
        var failures = outcomes.Select(outcome => outcome.Failure).Concat(lifting.Select(lift => lift.Result));
        return failures.FirstOrDefault(failure => failure is not null) is { } status
            ? Unavailable(status, context)
            : TypedResults.Json(new BanPage([.. outcomes.Select(outcome => outcome.Answer!)]), WireJson.Context.BanPage);
    }

    public async Task<IResult> LiftAsync(LiveVideoId? liveVideoId, AuthorId author, HttpContext context)
    {
        var (person, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        return await LiftAsync(liveVideoId, author, person!) is { } status ? Unavailable(status, context) : TypedResults.NoContent();
    }

    public async Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (_, refusal) = await AdmitAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = "private, no-store";
        var bans = await liveVideos.ReadBansAsync(liveVideoId);
        var names = await _names.ReadAsync(liveVideoId, bans.Select(ban => ban.Author).ToHashSet());
        return TypedResults.Json(
            new BanPage([.. bans.Select(ban =>
                new BanAnswer(ban.Author, ban.Until, ban.Reason, Since: ban.Since, Name: names.GetValueOrDefault(ban.Author)))]),
            WireJson.Context.BanPage);
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

    /// <summary>Bans somebody; gives what to answer, or how it failed.</summary>
    private async Task<(BanAnswer? Answer, RemovalStatus? Failure)> CarryOutAsync(LiveVideoId? liveVideoId, Asked asked, Person moderator)
    {
        var (ban, from) = (asked.Ban, asked.From);
        var action = liveVideoId is null ? AuditAction.SiteBan : AuditAction.Ban;
        var details = JsonSerializer.SerializeToElement(new AskedBan(ban.Until, from, ban.HoldsAddress), WireJson.Context.AskedBan);
        var noted = audit.NoteAsync(liveVideoId, moderator, action, AuditTarget.Of(ban.Author), new(ban.Reason, null), details);
        // Before the ban, so that none is without the name that it was given; at once with the audit, for each of them waits for the store.
        var named = liveVideoId is { } at && asked.Name is { } name ? _names.KeepAsync(at, ban.Author, name) : Task.CompletedTask;
        await Task.WhenAll(noted, named);
        var removed = 0;
        if (liveVideoId is not { } video)
        {
            await siteBans!.AddAsync(ban);
        }
        else
        {
            var outcome = await liveVideos.RemoveAsync(video, RemovalRequest.OfBan(ban, from));
            if (outcome.Status != RemovalStatus.Removed) return (null, outcome.Status);
            if (from is { } since)
            {
                // What waits for a moderator goes with it.
                var held = await liveVideos.RemoveAsync(video.OfHeld, RemovalRequest.OfAuthor(ban.Author, since));
                if (held.Status != RemovalStatus.Removed) return (null, held.Status);
            }

            removed = outcome.Count;
            // An owner of an earlier version holds no addresses, and says nothing of the ban.
            ban = outcome.Ban ?? ban with { HoldsAddress = false };
        }

        LogBanned(ban.Author, ban.Until, liveVideoId, moderator.Id, ban.Reason, removed);
        bool? address = asked.Ban.HoldsAddress ? ban.HoldsAddress : null;
        return (new(ban.Author, ban.Until, ban.Reason, removed, address), null);
    }

    /// <summary>Lifts a ban; gives how it failed.</summary>
    private async Task<RemovalStatus?> LiftAsync(LiveVideoId? liveVideoId, AuthorId author, Person moderator)
    {
        var action = liveVideoId is null ? AuditAction.SiteLift : AuditAction.Lift;
        await audit.NoteAsync(liveVideoId, moderator, action, AuditTarget.Of(author));
        if (liveVideoId is not { } video)
        {
            await siteBans!.LiftAsync(author);
        }
        else
        {
            var outcome = await liveVideos.RemoveAsync(video, RemovalRequest.OfLift(author));
            if (outcome.Status != RemovalStatus.Removed) return outcome.Status;
            await _names.ForgetAsync(video, author);
        }

        LogLifted(author, liveVideoId, moderator.Id);
        return null;
    }

    private Asked Check(NewBan body, AuthorId author)
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

        var name = body.Name;
        if (name is not null)
        {
            // The rules of a comment's author are those of any author.
            if (CommentDraft.TryCreate(name, "-", null, out var draft, out var complaints)) name = draft.Author;
            else errors["name"] = complaints["author"];
        }

        return new(new(author, now, until, body.Reason) { HoldsAddress = body.Address }, from, name, errors);
    }

    private (List<Asked> Bans, List<AuthorId> Lifts, Dictionary<string, string[]> Errors) Check(Dictionary<string, NewBan?> body)
    {
        var (bans, lifts, errors) = (new List<Asked>(), new List<AuthorId>(), new Dictionary<string, string[]>());
        if (body.Count is 0 or > NewBan.MostPeople)
        {
            errors["people"] = [$"Send the bans of 1 to {NewBan.MostPeople} people."];
            return (bans, lifts, errors);
        }

        foreach (var (id, content) in body)
        {
            if (!AuthorId.TryParse(id, out var author))
            {
                errors[id] = ["This is no author id."];
            }
            else if (content is null)
            {
                lifts.Add(author);
            }
            else
            {
                bans.Add(Check(content, author));
                foreach (var (field, complaints) in bans[^1].Errors) errors[$"{id}.{field}"] = complaints;
            }
        }

        return (bans, lifts, errors);
    }

    private static ProblemHttpResult Unavailable(RemovalStatus status, HttpContext context) =>
        (status == RemovalStatus.Overloaded ? Problems.Overloaded() : Problems.Unavailable()).RetryLater(context);

    [LoggerMessage(1, LogLevel.Information,
        "{Author} was banned until {Until} from {Video} by {Moderator}. Reason: {Reason}. Comments removed: {Count}.")]
    private partial void LogBanned(
        AuthorId author, DateTimeOffset? until, LiveVideoId? video, AuthorId? moderator, string? reason, int count);

    [LoggerMessage(2, LogLevel.Information, "The ban of {Author} from {Video} was lifted by {Moderator}.")]
    private partial void LogLifted(AuthorId author, LiveVideoId? video, AuthorId? moderator);

    /// <summary>A ban that was asked for, what is to go with it, the name of the banned, and what is wrong with it, by field.</summary>
    private sealed record Asked(Ban Ban, CommentId? From, string? Name, Dictionary<string, string[]> Errors);
}
