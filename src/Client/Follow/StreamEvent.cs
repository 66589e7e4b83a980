using LiveComments.Client.Wire;

namespace LiveComments.Client.Follow;

/// <summary>The data of an event of a video's stream; none of these if it is of a kind that this version does not know.</summary>
internal readonly record struct StreamEvent(
    Comment? Comment = null, RemovedComments? Removed = null, Gap? Gap = null, VideoSettings? Settings = null, Pin? Pin = null,
    bool TokenExpired = false)
{
    /// <summary>Reads the data of an event.</summary>
    /// <exception cref="ProblemException">It is not what this type of event carries.</exception>
    public static StreamEvent Parse(string liveVideoId, string eventType, ReadOnlySpan<byte> data) => eventType switch
    {
        "comment" => WireJson.Read(data, WireJson.Default.Comment) is var comment && comment.LiveVideoId == liveVideoId
            ? new(Comment: comment)
            : throw ProblemException.NotOurs("a comment of another video"),
        "comment-removed" => WireJson.Read(data, WireJson.Default.RemovedComments) is { IsValid: true } removed
            ? new(Removed: removed)
            : throw ProblemException.NotOurs("a removal of nothing"),
        "gap" => new(Gap: WireJson.Read(data, WireJson.Default.Gap)),
        "settings" => new(Settings: WireJson.Read(data, WireJson.Default.VideoSettings)),
        "pin" => WireJson.Read(data, WireJson.Default.Pin) is var pin && (pin.Comment is null || pin.Comment.LiveVideoId == liveVideoId)
            ? new(Pin: pin)
            : throw ProblemException.NotOurs("a comment of another video"),
        "token-expired" => new(TokenExpired: true),
        _ => default,
    };
}
