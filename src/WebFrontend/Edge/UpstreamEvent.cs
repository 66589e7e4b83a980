using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// An event of an upstream stream: a comment, a removal, a gap, the settings, the pinned comment, that it is stale, or none of them where it
/// is of a kind that this node does not know.
/// </summary>
/// <param name="Comment">The next comment.</param>
/// <param name="Removed">The comments that are taken back; the event's id is that of the removal.</param>
/// <param name="GapBefore">Where the entries end that the upstream will not send (exclusive).</param>
/// <param name="Settings">The settings of the video.</param>
/// <param name="Pin">Which comment is pinned.</param>
/// <param name="IsStale">Whether the upstream has lost its own for so long that nothing it has may be shown any more.</param>
internal readonly record struct UpstreamEvent(
    Comment? Comment = null,
    RemovedComments? Removed = null,
    CommentId? GapBefore = null,
    VideoSettings? Settings = null,
    PinnedComment? Pin = null,
    bool IsStale = false)
{
    /// <summary>Reads the data of an event of a video's stream.</summary>
    /// <exception cref="CommentsUnavailableException">It is not what this type of event carries.</exception>
    public static UpstreamEvent Parse(LiveVideoId liveVideoId, string eventType, ReadOnlySpan<byte> data) => eventType switch
    {
        "comment" => new(Comment: UpstreamClient.ReadComment(data, liveVideoId)),
        "comment-removed" => new(Removed: ReadRemoved(data)),
        "gap" => new(GapBefore: UpstreamClient.Read(data, WireJson.Context.Gap).Before),
        "stale" => new(IsStale: true),
        "pin" => new(Pin: UpstreamClient.ReadPin(data, liveVideoId)),
        "settings" => new(Settings: UpstreamClient.Read(data, WireJson.Context.VideoSettings)),
        _ => default,
    };

    private static RemovedComments ReadRemoved(ReadOnlySpan<byte> data) =>
        UpstreamClient.Read(data, WireJson.Context.RemovedComments) is { IsValid: true } removed
            ? removed
            : throw new CommentsUnavailableException("The upstream sent a removal of nothing. Is something else in front of it?");
}
