using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Pins comments of the live videos of this node or cluster. Which one is pinned stands among the settings of the video, by its id alone.
/// </summary>
internal sealed partial class PinHandler(
    ILiveVideos liveVideos, VideoAccess access, IAudit audit, ILogger<PinHandler> log) : IPinHandler
{
    public async Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var settings = await liveVideos.ReadSettingsAsync(liveVideoId);
        var comment = settings.Pinned is { } id && id != CommentId.None ? (await liveVideos.FindAsync(liveVideoId, id)).Comment : null;
        return Answer(comment);
    }

    public async Task<IResult> PinAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (person, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (body, problem) = await JsonBody.ReadAsync(context.Request, WireJson.Context.NewPin, NewPin.Example);
        if (body is null) return problem!;
        if (!CommentId.TryParse(body.Id, out var id) || id == CommentId.None)
            return Problems.InvalidPin(new Dictionary<string, string[]> { ["id"] = ["Send the id of a comment of this live video."] });

        var found = await liveVideos.FindAsync(liveVideoId, id);
        if (found.Comment is not { } comment) return found.RemovedBy is null ? Problems.NoSuchComment() : Problems.Removed();
        return await PinAsync(comment, person!, context) ?? (IResult)Answer(comment);
    }

    public async Task<IResult> UnpinAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (person, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        // A video of which no comment ever was pinned stays as it is.
        if ((await liveVideos.ReadSettingsAsync(liveVideoId)).Pinned is null) return TypedResults.NoContent();
        await audit.NoteAsync(liveVideoId, person!, AuditAction.Unpin);
        if (await ChangeAsync(liveVideoId, CommentId.None, context) is { } failed) return failed;
        LogUnpinned(liveVideoId, person!.Id);
        return TypedResults.NoContent();
    }

    /// <summary>Pins a comment for a moderator who was let in; null once that holds.</summary>
    /// <exception cref="CommentsUnavailableException">It may or may not have been done.</exception>
    public async Task<ProblemHttpResult?> PinAsync(Comment comment, Person moderator, HttpContext context)
    {
        var (video, id) = (comment.LiveVideoId, comment.Id);
        await audit.NoteAsync(video, moderator, AuditAction.Pin, AuditTarget.Of(id, comment.Identity?.Id));
        if (await ChangeAsync(video, id, context) is { } failed) return failed;
        LogPinned(id, video, moderator.Id);
        return null;
    }

    /// <summary>Has the owner change it; null once that holds.</summary>
    private async Task<ProblemHttpResult?> ChangeAsync(LiveVideoId video, CommentId pin, HttpContext context)
    {
        var outcome = await liveVideos.RemoveAsync(video, RemovalRequest.OfSettings(new() { Pin = pin }));
        if (outcome.Status == RemovalStatus.Overloaded) return Problems.Overloaded().RetryLater(context);
        // An owner of an earlier version pins none.
        return outcome.Settings?.Pinned == pin ? null : Problems.Unavailable().RetryLater(context);
    }

    private static JsonHttpResult<PinnedComment> Answer(Comment? comment) =>
        TypedResults.Json(new PinnedComment(comment), WireJson.Context.PinnedComment);

    [LoggerMessage(1, LogLevel.Information, "The comment {Comment} of {Video} was pinned by {Moderator}.")]
    private partial void LogPinned(CommentId comment, LiveVideoId video, AuthorId? moderator);

    [LoggerMessage(2, LogLevel.Information, "What was pinned of {Video} was unpinned by {Moderator}.")]
    private partial void LogUnpinned(LiveVideoId video, AuthorId? moderator);
}
