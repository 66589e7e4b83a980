using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Held;

/// <summary>
/// The comments that wait for a moderator. Those of a video are a live video of their own: they are durable, in order, and streamed to
/// moderators as comments are to everybody.
/// </summary>
internal sealed class HoldQueue(ILiveVideos videos, HeldDecisions decisions, ModerationOptions options, TimeProvider time)
{
    private const int Page = 200;

    private TimeSpan HeldFor => TimeSpan.FromMinutes(options.HeldMinutes);

    /// <summary>All below this id have expired.</summary>
    private CommentId Oldest => CommentId.At(time.GetUtcNow() - HeldFor + TimeSpan.FromMilliseconds(1));

    /// <summary>Holds a draft; completes when that is durable. The outcome's comment is the entry among those that are held.</summary>
    public Task<PostOutcome> HoldAsync(LiveVideoId video, CommentDraft draft, string reason) =>
        videos.PostAsync(video.OfHeld, HeldComment.Pack(draft, reason));

    /// <summary>What is said of a held comment, of which this is known.</summary>
    public HeldAnswer Describe(CommentId held, HeldState state) => state.Status switch
    {
        HeldStatus.Held => new("held", held, ExpiryOf(held)),
        HeldStatus.Published => new("published", held, Id: state.Published),
        HeldStatus.Refused => new("refused", held),
        _ => new("expired", held),
    };

    /// <summary>What became of a held comment; null if there never was one of this id, or it was removed with others of its author.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task<HeldState?> FindAsync(LiveVideoId video, CommentId held)
    {
        var found = await videos.FindAsync(video.OfHeld, held);
        if (found is { Comment: null, RemovedBy: null }) return null;
        var comment = found.Comment is { } entry ? HeldComment.Of(entry) : null;
        if (await decisions.FindAsync(video, held) is { } decision)
        {
            if (!decision.Publishes) return new(HeldStatus.Refused, comment);
            if (decision.Id is { } id) return new(HeldStatus.Published, comment, id);
            // It is being published.
            if (comment is not null) return new(HeldStatus.Held, comment);
        }

        if (ExpiryOf(held) <= time.GetUtcNow()) return new(HeldStatus.Expired, comment);
        return comment is null ? null : new(HeldStatus.Held, comment);
    }

    /// <summary>Reads a page of those that wait, newest first.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task<CommentPage> ReadAsync(LiveVideoId video, CommentId before, int limit)
    {
        var oldest = Oldest;
        var page = await videos.ReadAsync(video.OfHeld, before, limit);
        if (page.Comments.Count == 0 || page.Comments[^1].Id >= oldest) return page;
        return page with { Comments = [.. page.Comments.TakeWhile(comment => comment.Id >= oldest)], NextCursor = null };
    }

    /// <summary>
    /// Publishes or refuses a held comment, and gives what became of it: something else if it was decided otherwise before, or has expired.
    /// Asked again it goes on where it was left. Null if there is no such comment.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">It may have been done. Ask again.</exception>
    public async Task<HeldState?> DecideAsync(LiveVideoId video, CommentId held, bool publish)
    {
        if (await FindAsync(video, held) is not { } state) return null;
        if (state.Status == HeldStatus.Held) state = await DecideAsync(video, state.Comment!, publish);
        // Where the one before had no time for it.
        if (state.Comment is not null) await RemoveAsync(video, held);
        return state;
    }

    private async Task<HeldState> DecideAsync(LiveVideoId video, HeldComment comment, bool publish)
    {
        var held = comment.Entry.Id;
        var decision = await decisions.FindAsync(video, held);
        var isFirst = decision is null;
        if (decision is null)
        {
            var decided = await decisions.DecideAsync(video, held, publish);
            if (decided.Status is not (PostStatus.Accepted or PostStatus.Repeated or PostStatus.KeyReused)) throw NotTaken(decided);
            isFirst = decided.Status == PostStatus.Accepted;
            decision = await decisions.FindAsync(video, held) ?? throw NotTaken(decided);
        }

        if (!decision.Publishes) return new(HeldStatus.Refused, comment);
        return new(HeldStatus.Published, comment, decision.Id ?? await PublishAsync(video, comment, isRepeat: !isFirst));
    }

    /// <summary>Erases the comments that have expired.</summary>
    /// <exception cref="CommentsUnavailableException">Some may be left.</exception>
    public async Task ExpireAsync(LiveVideoId video)
    {
        CommentId? before = Oldest;
        while (before is { } cursor)
        {
            var page = await videos.ReadAsync(video.OfHeld, cursor, Page);
            // All of a page together: they are one removal.
            await Task.WhenAll(page.Comments.Select(comment => RemoveAsync(video, comment.Id)));
            before = page.NextCursor;
        }
    }

    private DateTimeOffset ExpiryOf(CommentId held) => held.CreatedAt + HeldFor;

    private async Task<CommentId> PublishAsync(LiveVideoId video, HeldComment comment, bool isRepeat)
    {
        // Its key is known for some minutes alone.
        if (isRepeat && await FindPublishedAsync(video, comment) is { } known) return await NoteAsync(known);
        var outcome = await videos.PostAsync(video, comment.ToDraft());
        return outcome.Comment is { } published ? await NoteAsync(published.Id) : throw NotTaken(outcome);

        async Task<CommentId> NoteAsync(CommentId id)
        {
            var noted = await decisions.PublishedAsync(video, comment.Entry.Id, id);
            return noted.Status is PostStatus.Accepted or PostStatus.Repeated or PostStatus.KeyReused ? id : throw NotTaken(noted);
        }
    }

    /// <summary>Finds the comment that a held one was published as, by one who had no time to say so.</summary>
    private async Task<CommentId?> FindPublishedAsync(LiveVideoId video, HeldComment held)
    {
        // The ids of the two logs have their times in common alone.
        var from = CommentId.At(held.Entry.CreatedAt);
        CommentId? before = CommentId.Max;
        while (before is { } cursor && cursor > from)
        {
            var page = await videos.ReadAsync(video.OfStaff, cursor, Page);
            foreach (var comment in page.Comments.Where(comment => comment.Id >= from))
                if (comment.Author == held.Entry.Author && comment.Message == held.Message && comment.Identity == held.Entry.Identity)
                    return comment.Id;
            before = page.NextCursor;
        }

        return null;
    }

    private async Task RemoveAsync(LiveVideoId video, CommentId held)
    {
        var removed = await videos.RemoveAsync(video.OfHeld, RemovalRequest.OfComment(held));
        if (removed.Status is RemovalStatus.Unavailable or RemovalStatus.Overloaded)
            throw new CommentsUnavailableException($"The held comment {held} was not removed: {removed.Status}.");
    }

    private static CommentsUnavailableException NotTaken(PostOutcome outcome) => new($"A decision was not taken: {outcome.Status}.");
}
