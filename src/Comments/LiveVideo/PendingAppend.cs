namespace LiveComments;

/// <summary>One append: its entries, and the posts that wait for it.</summary>
internal sealed class PendingAppend
{
    private readonly Dictionary<IdempotencyKey, CommentId> _newKeys = [];

    private PendingAppend(int capacity) => (Entries, Posts) = (new(capacity), new(capacity));

    /// <summary>The new comments, with their ids.</summary>
    public List<LogEntry> Entries { get; }

    /// <summary>Their posts, in the same order.</summary>
    public List<PendingPost> Posts { get; }

    /// <summary>Posts that repeat an earlier one, with the comment that it became.</summary>
    public List<(PendingPost Post, CommentId First)> Repeats { get; } = [];

    /// <summary>Posts that the owner does not take, with the reason.</summary>
    public List<(PendingPost Post, PostOutcome Outcome)> Refused { get; } = [];

    /// <summary>Gives the new comments their ids, and finds out which posts repeat an earlier one.</summary>
    /// <param name="id">The video.</param>
    /// <param name="posts">The posts, in their order.</param>
    /// <param name="owned">
    /// What is known of the log: its end, keys and decisions, and the names of persons, to which new ones are added.
    /// </param>
    /// <param name="siteBans">Who may not write on any video; null if nobody is banned so.</param>
    /// <param name="now">The time.</param>
    public static PendingAppend AssignIds(
        LiveVideoId id, List<PendingPost> posts, OwnedLog owned, SiteBans? siteBans, DateTimeOffset now)
    {
        var (last, keys, names) = (owned.Last, owned.Keys, owned.Names);
        var modes = new ModeJudge(owned.Settings.Current, owned.LastPosts, now);
        keys.Forget();
        owned.HeldKeys.Forget();
        var append = new PendingAppend(posts.Count);
        foreach (var post in posts)
        {
            if (post.Draft.Key is { } key && (keys.TryGet(key, out var first) || append._newKeys.TryGetValue(key, out first)))
            {
                append.Repeats.Add((post, first));
                continue;
            }

            if (!post.Draft.IsApproved && Refuse(post.Draft) is { } refusal)
            {
                append.Refused.Add((post, refusal));
                continue;
            }

            modes.Note(post.Draft);
            last = last.Next(now);
            if (post.Draft.Key is { } newKey) append._newKeys.Add(newKey, last);
            append.Entries.Add(new(
                new(last, id, post.Draft.Author, post.Draft.Message) { Identity = post.Draft.Identity, ReplyTo = post.Draft.ReplyTo },
                post.Draft.Key));
            append.Posts.Add(post);
        }

        return append;

        PostOutcome? Refuse(CommentDraft draft)
        {
            // It was let in before, and is among those that are held.
            if (draft.Key is { } repeated && owned.HeldKeys.TryGet(repeated, out _)) return new(PostStatus.ToBeHeld, HoldReason: "repeat");
            if ((owned.Bans.Find(draft) ?? siteBans?.Find(draft.Identity)) is { } ban) return new(PostStatus.Banned, Ban: ban);
            if (modes.Refuse(draft) is { } refusal) return refusal;
            // Ids are all that is compared: to look whether the comment is there might take a read. It may be removed at any time anyway.
            if (draft.ReplyTo >= last.Next(now)) return new(PostStatus.NoSuchParent);
            if (draft.RefuseReason is { } because) return new(PostStatus.RefusedByReview, RefuseReason: because);
            if (names is not null && !MayUseName(draft, names)) return new(PostStatus.NameTaken);
            if (modes.HoldReason(draft) is not { } reason) return null;
            // It counts as a post, whatever becomes of it.
            if (draft.Key is { } held) owned.HeldKeys.Add(held, last);
            modes.Note(draft);
            owned.LastPosts?.Add(new(last.Next(now), id, draft.Author, draft.Message) { Identity = draft.Identity });
            return new(PostStatus.ToBeHeld, HoldReason: reason);
        }
    }

    private static bool MayUseName(CommentDraft draft, TakenNames names)
    {
        if (draft.Identity is not { Verified: true, Id: var person }) return !names.IsTaken(draft.Author, draft.Identity?.Person);
        names.Add(draft.Author, person);
        return true;
    }

    /// <summary>Answers the posts whose comments are durable.</summary>
    public void Answer()
    {
        for (var i = 0; i < Posts.Count; i++) Posts[i].Outcome.SetResult(new(PostStatus.Accepted, Entries[i].Comment));
    }
}
