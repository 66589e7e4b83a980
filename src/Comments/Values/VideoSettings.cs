using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// The modes of a live video: who may post what, how often, and when it is shown. Moderators and owners are exempt from all but
/// <see cref="VideoState.Ended"/> and <see cref="DelaySeconds"/>. Without any of them everybody may post.
/// </summary>
public sealed record VideoSettings
{
    /// <summary>The longest <see cref="SlowSeconds"/>.</summary>
    public const int MostSlowSeconds = 300;

    /// <summary>The longest <see cref="DelaySeconds"/>.</summary>
    public const int MostDelaySeconds = 30;

    /// <summary>The longest <see cref="EstablishedMinutes"/>: a week.</summary>
    public const int MostEstablishedMinutes = 10_080;

    /// <summary>The longest <see cref="UniqueSeconds"/>.</summary>
    public const int MostUniqueSeconds = 3_600;

    /// <summary>Those of a video for which nobody has changed them.</summary>
    public static VideoSettings Default { get; } = new();

    /// <summary>So many seconds lie between two comments of one person, or of one address without a token; 0 = any.</summary>
    public int SlowSeconds { get; init; }

    /// <summary>Who may post.</summary>
    public MayPost MayPost { get; init; }

    /// <summary>For how many minutes a guest has been one who is <see cref="MayPost.Established"/>.</summary>
    public int EstablishedMinutes { get; init; } = 10;

    /// <summary>Within so many seconds nobody posts a text twice; 0 = repeats are taken.</summary>
    public int UniqueSeconds { get; init; }

    /// <summary>What becomes of messages with a link.</summary>
    public LinkRule Links { get; init; }

    /// <summary>Whether all comments wait for a moderator.</summary>
    public bool HoldAll { get; init; }

    /// <summary>
    /// For so many seconds only moderators see a comment, whoever wrote it; 0 = everybody does at once. It is durable and acknowledged
    /// meanwhile, and may be removed.
    /// </summary>
    public int DelaySeconds { get; init; }

    /// <summary>Whether the video takes comments at all.</summary>
    public VideoState State { get; init; }

    /// <summary>All up to this entry was public when the delay was changed last.</summary>
    [JsonIgnore]
    public CommentId PublicUpTo { get; init; }

    /// <summary>
    /// The id of the comment that moderators have pinned; <see cref="CommentId.None"/> if they have unpinned it, null if they never pinned any.
    /// </summary>
    [JsonIgnore]
    public CommentId? Pinned { get; init; }

    /// <summary>
    /// The pinned comment, as far as it was looked for; null if none is pinned, or it was removed. It is told, and kept in no log.
    /// </summary>
    [JsonIgnore]
    public Comment? PinnedComment { get; init; }

    /// <summary>The entry of their own log that says them; <see cref="CommentId.None"/> if nobody has ever changed them.</summary>
    [JsonIgnore]
    public CommentId Version { get; init; }

    /// <summary>Up to which id everybody may see the comments at a time.</summary>
    public CommentId PublicAt(DateTimeOffset now)
    {
        if (DelaySeconds == 0) return CommentId.Max;
        var upTo = new CommentId(CommentId.At(now - TimeSpan.FromSeconds(DelaySeconds)).Value - 1);
        return upTo > PublicUpTo ? upTo : PublicUpTo;
    }

    /// <summary>Whether an owner must know what was posted lately to judge by them.</summary>
    internal bool LookBack => SlowSeconds > 0 || UniqueSeconds > 0;
}

/// <summary>Who may post to a live video.</summary>
[JsonConverter(typeof(ChoiceConverter<MayPost>))]
public enum MayPost
{
    /// <summary>Whoever the node lets in.</summary>
    Everyone,

    /// <summary>Who is signed in, and guests who have been so for some minutes.</summary>
    Established,

    /// <summary>Who has a token of an issuer, and is no guest.</summary>
    SignedIn,

    /// <summary>Moderators and owners.</summary>
    Moderators,

    /// <summary>Nobody whom the modes hold for.</summary>
    Nobody,
}

/// <summary>What becomes of a message with a link.</summary>
[JsonConverter(typeof(ChoiceConverter<LinkRule>))]
public enum LinkRule
{
    /// <summary>It is text like any other.</summary>
    Text,

    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It waits for a moderator.</summary>
    Hold,
}

/// <summary>Whether a live video takes comments.</summary>
[JsonConverter(typeof(ChoiceConverter<VideoState>))]
public enum VideoState
{
    /// <summary>It does.</summary>
    Open,

    /// <summary>Only those of moderators and owners.</summary>
    ReadOnly,

    /// <summary>It does not, whoever writes.</summary>
    Ended,
}
