using LiveComments.WebFrontend.Audit;

namespace LiveComments.WebFrontend.Api;

/// <summary>Answers who asks for audits: an owner's node does it itself, an edge passes requests on.</summary>
internal interface IAuditHandler
{
    /// <summary>Answers with a page of the audit of a video; of all videos where it is null.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    Task<IResult> ReadAsync(LiveVideoId? video, CommentId before, int limit, HttpContext context);

    /// <summary>Answers with the public key of checkpoints.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away.</exception>
    Task<IResult> ReadKeysAsync(HttpContext context);
}

/// <summary>Reads the audits of this node or cluster.</summary>
internal sealed class AuditHandler(ILiveVideoReader videos, AuditChains chains, AuditKey key, VideoAccess access) : IAuditHandler
{
    public async Task<IResult> ReadAsync(LiveVideoId? video, CommentId before, int limit, HttpContext context)
    {
        var (_, refusal) = video is { } one ? await access.ToModerateAsync(context, one) : await access.ToManageSiteAsync(context);
        if (refusal is not null) return refusal;
        var log = video?.OfAudit ?? LiveVideoId.OfSiteAudit;
        var (entries, next) = await chains.ReadAsync(log, before, limit);
        var checkpoint = await AuditSigner.FindLastAsync(videos, log) is { } found
            ? new CheckpointAnswer(found.Said.Entry, found.Said.Hash, found.Said.At, found.Jws)
            : null;
        return TypedResults.Json(new AuditPage([.. entries.Select(AuditAnswer.Of)], next, checkpoint), AuditJson.Context.AuditPage);
    }

    public Task<IResult> ReadKeysAsync(HttpContext context) => Task.FromResult<IResult>(
        TypedResults.Json(new PublishedKeys(key.Public is { } known ? [known] : []), AuditJson.Context.PublishedKeys));
}
