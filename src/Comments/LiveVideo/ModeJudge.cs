namespace LiveComments;

/// <summary>Judges the posts of one append by the modes of the video.</summary>
/// <param name="settings">The modes.</param>
/// <param name="lastPosts">What was posted lately; null if the modes do not ask for it.</param>
/// <param name="now">The time.</param>
internal sealed class ModeJudge(VideoSettings settings, LastPosts? lastPosts, DateTimeOffset now)
{
    // Those of this append, which are not known to be durable yet.
    private readonly HashSet<AuthorId> _authors = [];
    private readonly HashSet<PostedText> _texts = [];

    // A post that is judged is mostly the next that is noted.
    private (CommentDraft? Draft, PostedText Text) _judged;

    /// <summary>Why a post is refused; null if it is not.</summary>
    public PostOutcome? Refuse(CommentDraft draft)
    {
        if (settings.State == VideoState.Ended) return new(PostStatus.Ended);
        if (IsExempt(draft)) return null;
        if (settings.State == VideoState.ReadOnly) return new(PostStatus.ReadOnly);
        if (RefuseAuthor(draft) is { } refusal) return refusal;
        if (settings.Links == LinkRule.Refuse && Links.AreIn(draft.Message)) return new(PostStatus.NoLinks);
        return lastPosts is not null && draft.Identity is { Id: var author } ? RefuseHaste(author, draft, lastPosts) : null;
    }

    /// <summary>Why a moderator is to see a post first; null if none is.</summary>
    public string? HoldReason(CommentDraft draft)
    {
        if (IsExempt(draft)) return null;
        if (draft.HoldReason is { } reason) return reason;
        if (settings.HoldAll) return "hold-all";
        return settings.Links == LinkRule.Hold && Links.AreIn(draft.Message) ? "links" : null;
    }

    /// <summary>Takes note of a post that is appended, or held.</summary>
    public void Note(CommentDraft draft)
    {
        if (lastPosts is null || IsExempt(draft) || draft.Identity is not { Id: var author }) return;
        if (settings.SlowSeconds > 0) _authors.Add(author);
        if (settings.UniqueSeconds > 0) _texts.Add(TextOf(author, draft));
    }

    private static bool IsExempt(CommentDraft draft) => draft.Identity is { Role: not AuthorRole.Viewer };

    private PostOutcome? RefuseAuthor(CommentDraft draft) => settings.MayPost switch
    {
        MayPost.Established when draft.Identity?.Person is null => new(PostStatus.NotEstablished),
        MayPost.Established when draft.IsGuest => RefuseNew(draft.GuestSince),
        MayPost.Established when draft.AccountSince is { } since => RefuseNew(since),
        MayPost.SignedIn when draft.IsGuest || draft.Identity?.Person is null => new(PostStatus.SignInRequired),
        MayPost.Moderators => new(PostStatus.ModeratorsOnly),
        MayPost.Nobody => new(PostStatus.NobodyMayPost),
        _ => null,
    };

    private PostOutcome? RefuseNew(DateTimeOffset? since)
    {
        var at = since + TimeSpan.FromMinutes(settings.EstablishedMinutes);
        return at <= now ? null : new(PostStatus.NotEstablished, At: at);
    }

    private PostOutcome? RefuseHaste(AuthorId author, CommentDraft draft, LastPosts lastPosts)
    {
        var wait = _authors.Contains(author) ? TimeSpan.FromSeconds(settings.SlowSeconds) : lastPosts.WaitOf(author);
        if (wait > TimeSpan.Zero) return new(PostStatus.SlowMode, Wait: wait);
        if (settings.UniqueSeconds == 0) return null;
        var text = TextOf(author, draft);
        return _texts.Contains(text) || lastPosts.Has(text) ? new(PostStatus.RepeatedMessage) : null;
    }

    private PostedText TextOf(AuthorId author, CommentDraft draft)
    {
        if (_judged.Draft != draft) _judged = (draft, PostedText.Of(author, draft.Message));
        return _judged.Text;
    }
}
