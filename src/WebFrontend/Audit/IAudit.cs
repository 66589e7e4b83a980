using System.Text.Json;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Audit;

/// <summary>Takes note of what moderators and owners decide.</summary>
internal interface IAudit
{
    /// <summary>
    /// Writes down what somebody is about to do; completes when that is durable. Call it before it is done, and do nothing if it fails.
    /// </summary>
    /// <param name="video">On which video; null = on all.</param>
    /// <param name="person">Who.</param>
    /// <param name="action">What: one of <see cref="AuditAction"/>.</param>
    /// <param name="target">To what, or to whom; null if to the video as a whole.</param>
    /// <param name="why">The reason and the note that the request gives, which were checked.</param>
    /// <param name="details">More, by action; never a text of an author.</param>
    /// <exception cref="CommentsUnavailableException">It could not be written, or it is not known whether it was.</exception>
    Task NoteAsync(
        LiveVideoId? video,
        Person person,
        string action,
        AuditTarget? target = null,
        RemovalReason? why = null,
        JsonElement? details = null);
}

/// <summary>Writes it to the log of the video's audit, or of the site's: each is owned as videos are.</summary>
internal sealed class AuditLog(ILiveVideos liveVideos, AuditSigner signer) : IAudit
{
    public async Task NoteAsync(
        LiveVideoId? video, Person person, string action, AuditTarget? target, RemovalReason? why, JsonElement? details)
    {
        var log = video?.OfAudit ?? LiveVideoId.OfSiteAudit;
        var entry = new AuditEntry(action, person.Name, target, why?.Reason, why?.Note, details, Jws: null);
        var outcome = await liveVideos.PostAsync(log, CommentDraft.ForOwnLog(person.Id!.Value.ToString(), entry.ToJson()));
        if (outcome is not { Status: PostStatus.Accepted, Comment: { } written })
            throw new CommentsUnavailableException("What was to be done could not be written to the audit, so it was not done.");
        signer.OnWritten(log, written.Id);
    }
}
