using System.Text.Json.Serialization;
using LiveComments.Client.Wire;

namespace LiveComments.Client;

/// <summary>
/// The modes of a live video: who may post what just now. Moderators and owners are exempt from all but <see cref="VideoState.Ended"/>.
/// </summary>
/// <param name="SlowSeconds">So many seconds lie between two comments of one person; 0 = any.</param>
/// <param name="MayPost">Who may post.</param>
/// <param name="EstablishedMinutes">For so many minutes a guest has been one who is <see cref="MayPost.Established"/>.</param>
/// <param name="UniqueSeconds">Within so many seconds nobody posts a text twice; 0 = repeats are taken.</param>
/// <param name="Links">What becomes of messages with a link.</param>
/// <param name="HoldAll">Whether all comments wait for a moderator.</param>
/// <param name="DelaySeconds">For so many seconds only moderators see a comment; 0 = everybody does at once.</param>
/// <param name="State">Whether the video takes comments at all.</param>
public sealed record VideoSettings(
    int SlowSeconds = 0,
    MayPost MayPost = MayPost.Everyone,
    int EstablishedMinutes = 0,
    int UniqueSeconds = 0,
    LinkRule Links = LinkRule.Text,
    bool HoldAll = false,
    int DelaySeconds = 0,
    VideoState State = VideoState.Open);

/// <summary>Who may post to a live video.</summary>
[JsonConverter(typeof(LenientEnumConverter<MayPost>))]
public enum MayPost
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>Whoever the server lets in.</summary>
    Everyone,

    /// <summary>Who is signed in, and guests who have been so for some minutes.</summary>
    Established,

    /// <summary>Who is signed in.</summary>
    SignedIn,

    /// <summary>Moderators and owners.</summary>
    Moderators,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>What becomes of messages with a link.</summary>
[JsonConverter(typeof(LenientEnumConverter<LinkRule>))]
public enum LinkRule
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>They are taken.</summary>
    Text,

    /// <summary>They are refused.</summary>
    Refuse,

    /// <summary>They wait for a moderator.</summary>
    Hold,
}

/// <summary>Whether a live video takes comments.</summary>
[JsonConverter(typeof(LenientEnumConverter<VideoState>))]
public enum VideoState
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>It does.</summary>
    Open,

    /// <summary>It can only be read now.</summary>
    ReadOnly,

    /// <summary>It is over.</summary>
    Ended,
}
