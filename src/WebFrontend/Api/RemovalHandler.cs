using System.Text.Json;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Takes comments of the live videos of this node or cluster back.</summary>
internal sealed partial class RemovalHandler(
    ILiveVideos liveVideos,
    PublicView view,
    VideoAccess access,
    IAudit audit,
    IReceipts receipts,
    TimeProvider time,
    ILogger<RemovalHandler> log)
    : IRemovalHandler
{
    public async Task<IResult> RemoveAsync(LiveVideoId liveVideoId, CommentId comment, HttpContext context)
    {
        var (person, refusal) = await access.ToRemoveAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (why, problem) = await ReadReasonAsync(context.Request);
        if (problem is not null) return problem;

        var moderates = person!.Moderates;
        // Authors need not account for what they do to their own.
        if (moderates)
        {
            var author = (await liveVideos.FindAsync(liveVideoId, comment)).Comment?.Identity?.Id;
            await audit.NoteAsync(liveVideoId, person, AuditAction.Remove, AuditTarget.Of(comment, author), why);
        }

        var request = moderates ? RemovalRequest.OfComment(comment) : RemovalRequest.OfOwnComment(comment, person.Id!.Value);
        var outcome = await liveVideos.RemoveAsync(liveVideoId, request);
        if (outcome.Status != RemovalStatus.Removed) return Refuse(outcome.Status, context);
        if (moderates && outcome.Count > 0) LogRemoved(comment, liveVideoId, person.Id, why!.Reason, why.Note);
        RemovalHeader.Set(context, outcome.Removal);
        return TypedResults.NoContent();
    }

    public async Task<IResult> RemoveManyAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (person, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (body, problem) = await JsonBody.ReadAsync(context.Request, WireJson.Context.NewRemoval, NewRemoval.Example);
        if (body is null) return problem!;
        var (from, errors) = Check(body);
        if (errors is not null) return Problems.InvalidRemoval(errors);

        var why = new RemovalReason(body.Reason, body.Note);
        if (body.Ids is { } ids) return await RemoveTheseAsync(liveVideoId, [.. ids.Distinct()], person!, why, context);
        var request = body.AuthorId is { } author ? RemovalRequest.OfAuthor(author, from) : RemovalRequest.OfEverybody(from);
        return await RemoveManyAsync(liveVideoId, request, person!, why, context);
    }

    public async Task<IResult> RemoveAllAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (person, refusal) = await access.ToManageAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var all = RemovalRequest.OfEverybody(CommentId.None);
        return await RemoveManyAsync(liveVideoId, all, person!, RemovalReason.None, context);
    }

    public async Task<IResult> FindReceiptAsync(LiveVideoId liveVideoId, CommentId removal, HttpContext context)
    {
        var (_, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = "private, no-store";
        var sum = await receipts.ReadAsync(liveVideoId, removal);
        // Of one that nobody was sent a comment of nothing is kept.
        return !sum.Total.IsNone || (await liveVideos.FindAsync(liveVideoId, removal)).Removal is not null
            ? TypedResults.Json(ReceiptAnswer.Of(removal, sum), WireJson.Context.ReceiptAnswer)
            : Problems.NoSuchRemoval();
    }

    public async Task<IResult> FindAsync(LiveVideoId liveVideoId, CommentId comment, HttpContext context) =>
        await liveVideos.FindAsync(liveVideoId, comment) switch
        {
            { Comment: { } found } when await MaySeeAsync(found, context) => TypedResults.Json(found, WireJson.Context.Comment),
            { RemovedBy: not null } => Problems.Removed(),
            _ => Problems.NoSuchComment(),
        };

    private async Task<bool> MaySeeAsync(Comment comment, HttpContext context) =>
        await view.ShowsAsync(comment.LiveVideoId, comment.Id) || await access.IsModeratorAsync(context, comment.LiveVideoId);

    private async Task<IResult> RemoveManyAsync(
        LiveVideoId liveVideoId, RemovalRequest request, Person moderator, RemovalReason why, HttpContext context)
    {
        AuditTarget? target = request.Author is { } author ? AuditTarget.Of(author) : null;
        await NoteManyAsync(liveVideoId, moderator, target, why, new(request.From > CommentId.None ? request.From : null));
        var outcome = await liveVideos.RemoveAsync(liveVideoId, request);
        if (outcome.Status != RemovalStatus.Removed) return Refuse(outcome.Status, context);
        // What waits for a moderator goes with it.
        var held = await liveVideos.RemoveAsync(liveVideoId.OfHeld, request);
        if (held.Status != RemovalStatus.Removed) return Refuse(held.Status, context);
        if (outcome.Count > 0) LogRemovedMany(outcome.Count, request.Author, liveVideoId, moderator.Id, why.Reason, why.Note);
        RemovalHeader.Set(context, outcome.Removal);
        return TypedResults.Json(new RemovedCount(outcome.Count, outcome.Removal), WireJson.Context.RemovedCount);
    }

    /// <summary>Those that are there: asked for together, they go together, told by as few events as can be.</summary>
    private async Task<IResult> RemoveTheseAsync(
        LiveVideoId liveVideoId, CommentId[] comments, Person moderator, RemovalReason why, HttpContext context)
    {
        await NoteManyAsync(liveVideoId, moderator, null, why, new(From: null, comments));
        var outcomes = await Task.WhenAll(
            comments.Select(comment => liveVideos.RemoveAsync(liveVideoId, RemovalRequest.OfComment(comment))));
        var failed = outcomes.FirstOrDefault(outcome => outcome.Status is not (RemovalStatus.Removed or RemovalStatus.NoSuchComment));
        if (failed.Status != RemovalStatus.Removed) return Refuse(failed.Status, context);
        var count = outcomes.Sum(outcome => outcome.Count);
        var removal = outcomes.Max(outcome => outcome.Removal);
        if (count > 0) LogRemovedMany(count, null, liveVideoId, moderator.Id, why.Reason, why.Note);
        RemovalHeader.Set(context, removal);
        return TypedResults.Json(new RemovedCount(count, removal), WireJson.Context.RemovedCount);
    }

    private Task NoteManyAsync(LiveVideoId video, Person moderator, AuditTarget? target, RemovalReason why, RemovedMany which) =>
        audit.NoteAsync(
            video, moderator, AuditAction.RemoveMany, target, why, JsonSerializer.SerializeToElement(which, WireJson.Context.RemovedMany));

    private static async ValueTask<(RemovalReason? Why, ProblemHttpResult? Problem)> ReadReasonAsync(HttpRequest request)
    {
        var (why, problem) = await JsonBody.ReadOptionalAsync(
            request, WireJson.Context.RemovalReason, RemovalReason.None, RemovalReason.Example);
        return why?.Complaints is { Count: > 0 } errors ? (null, Problems.InvalidRemoval(errors)) : (why, problem);
    }

    private (CommentId From, IReadOnlyDictionary<string, string[]>? Errors) Check(NewRemoval body)
    {
        var errors = new RemovalReason(body.Reason, body.Note).Complaints;
        if ((body.AuthorId is null ? 0 : 1) + (body.All ? 1 : 0) + (body.Ids is null ? 0 : 1) != 1)
            errors["authorId"] = ["Send one of authorId, \"all\": true, and ids."];
        if (body.Ids?.Count is 0 or > NewRemoval.MostIds)
            errors["ids"] = [$"Send 1 to {NewRemoval.MostIds} ids of comments."];
        var from = CommentId.None;
        if (body is { Ids: not null, Since: not null })
        {
            errors["since"] = ["Leave it out where you send ids."];
        }
        else if (body.Since is { } since)
        {
            if (Moments.TryParseBack(since, time.GetUtcNow(), out var start)) from = CommentId.At(start);
            else errors["since"] = ["Send a duration such as PT10M, or a time that has passed, such as 2026-01-31T12:00:00Z."];
        }

        return (from, errors.Count > 0 ? errors : null);
    }

    private static ProblemHttpResult Refuse(RemovalStatus status, HttpContext context) => status switch
    {
        RemovalStatus.NoSuchComment => Problems.NoSuchComment(),
        RemovalStatus.NotTheAuthor => Problems.NotTheAuthor(),
        RemovalStatus.Overloaded => Problems.Overloaded().RetryLater(context),
        _ => Problems.Unavailable().RetryLater(context),
    };

    [LoggerMessage(1, LogLevel.Information, "Comment {Comment} of {Video} was removed by {Moderator}. Reason: {Reason}. Note: {Note}")]
    private partial void LogRemoved(CommentId comment, LiveVideoId video, AuthorId? moderator, string? reason, string? note);

    [LoggerMessage(2, LogLevel.Information,
        "{Count} comments of {Author} on {Video} were removed by {Moderator}. Reason: {Reason}. Note: {Note}")]
    private partial void LogRemovedMany(
        int count, AuthorId? author, LiveVideoId video, AuthorId? moderator, string? reason, string? note);
}
