using System.Globalization;

namespace LiveComments.WebFrontend.Held;

/// <summary>
/// What moderators have decided on held comments, in a log of the video's own. A decision is written before it is carried out, and what was
/// published after it, so that whoever finds one half done goes on with it.
/// </summary>
internal sealed class HeldDecisions(ILiveVideos videos)
{
    private const int Page = 200;
    private const string Publish = "publish";
    private const string Refuse = "refuse";

    /// <summary>What was decided on a held comment: whether to publish it, and under which id it was; null if nothing was.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task<HeldDecision?> FindAsync(LiveVideoId video, CommentId held)
    {
        HeldDecision? found = null;
        CommentId? before = CommentId.Max;
        // Nothing was decided before it was held.
        var from = CommentId.At(held.CreatedAt);
        while (before is { } cursor && cursor > from)
        {
            var page = await videos.ReadAsync(video.OfHeldDecisions, cursor, Page);
            foreach (var entry in page.Comments.Where(entry => entry.Author == held.ToString()))
            {
                if (entry.Message is Refuse) return new(Publishes: false, null);
                if (entry.Message is Publish) return found ?? new(Publishes: true, null);
                found = new(Publishes: true, new(long.Parse(entry.Message, CultureInfo.InvariantCulture)));
            }

            before = page.NextCursor;
        }

        return found;
    }

    /// <summary>
    /// Writes a decision. Of two that are made together the first holds: false for the other. It may be <see cref="PostStatus.Unavailable"/>.
    /// </summary>
    public Task<PostOutcome> DecideAsync(LiveVideoId video, CommentId held, bool publish) =>
        AppendAsync(video, held, publish ? Publish : Refuse, $"decide {held}");

    /// <summary>Writes under which id a comment was published.</summary>
    public Task<PostOutcome> PublishedAsync(LiveVideoId video, CommentId held, CommentId id) =>
        AppendAsync(video, held, id.ToString(), $"published {held}");

    private Task<PostOutcome> AppendAsync(LiveVideoId video, CommentId held, string message, string keyText)
    {
        if (!IdempotencyKey.TryCreate(keyText, out var key)) throw new InvalidOperationException("no key");
        return videos.PostAsync(video.OfHeldDecisions, CommentDraft.ForOwnLog(held.ToString(), message, key));
    }
}

/// <summary>A decision on a held comment.</summary>
/// <param name="Publishes">Whether it is to be published; else it is refused.</param>
/// <param name="Id">The id that it was published under; null if it is not known to be yet.</param>
internal sealed record HeldDecision(bool Publishes, CommentId? Id);
