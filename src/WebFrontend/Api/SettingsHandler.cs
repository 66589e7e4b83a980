using System.Text.Json;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads and changes the settings of the live videos of this node or cluster.</summary>
internal sealed partial class SettingsHandler(
    ILiveVideos liveVideos, VideoAccess access, IAudit audit, ILogger<SettingsHandler> log) : ISettingsHandler
{
    public async Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context) =>
        Answer(await liveVideos.ReadSettingsAsync(liveVideoId), context);

    public async Task<IResult> ChangeAsync(LiveVideoId liveVideoId, HttpContext context)
    {
        var (person, refusal) = await access.ToModerateAsync(context, liveVideoId);
        if (refusal is not null) return refusal;
        var (members, problem) = await JsonBody.ReadAsync(
            context.Request, WireJson.Context.DictionaryStringJsonElement, SettingsPatch.Example);
        if (members is null) return problem!;
        if (!TryReadIfMatch(context.Request, out var version)) return Problems.InvalidParameter("If-Match", "the ETag of the settings");
        var patch = SettingsPatch.Read(members);
        if (patch.Errors.Count > 0) return Problems.InvalidSettings(patch.Errors);

        // As it was asked for: it has names and numbers of ours alone.
        var details = JsonSerializer.SerializeToElement(members, WireJson.Context.DictionaryStringJsonElement);
        await audit.NoteAsync(liveVideoId, person!, AuditAction.Settings, details: details);
        var outcome = await liveVideos.RemoveAsync(
            liveVideoId, RemovalRequest.OfSettings(patch.Change with { Version = version }));
        if (outcome.Status == RemovalStatus.OtherVersion) return Problems.SettingsChanged();
        if (outcome.Status == RemovalStatus.Overloaded) return Problems.Overloaded().RetryLater(context);
        // An owner of an earlier version has none.
        if (outcome.Settings is not { } settings) return Problems.Unavailable().RetryLater(context);
        // Texts of comments are in no log of the program.
        LogChanged(liveVideoId, person!.Id, settings with { PinnedComment = null });
        return Answer(settings, context);
    }

    private static JsonHttpResult<VideoSettings> Answer(VideoSettings settings, HttpContext context)
    {
        context.Response.Headers.ETag = $"\"{settings.Version}\"";
        return TypedResults.Json(settings, WireJson.Context.VideoSettings);
    }

    /// <summary>Reads which version the change is for; null if it is for any. False if the header is none of ours.</summary>
    private static bool TryReadIfMatch(HttpRequest request, out CommentId? version)
    {
        version = null;
        if (request.Headers.IfMatch.Count == 0) return true;
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags) || tags is not [var tag]) return false;
        if (tag == EntityTagHeaderValue.Any) return true;
        // A tag that was never given names no version that there is.
        version = !tag.IsWeak && CommentId.TryParse(tag.Tag.AsSpan().Trim('"'), out var id) ? id : CommentId.Max;
        return true;
    }

    [LoggerMessage(1, LogLevel.Information, "The settings of {Video} were changed by {Moderator}: {Settings}")]
    private partial void LogChanged(LiveVideoId video, AuthorId? moderator, VideoSettings settings);
}
