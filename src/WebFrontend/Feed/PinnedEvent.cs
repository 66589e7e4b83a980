using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// The event that tells which comment of a video is pinned, made once for all viewers. The feed changes it while it holds its gate.
/// </summary>
internal sealed class PinnedEvent
{
    private Comment? _comment;
    private volatile SsePayload? _payload;

    /// <summary>The event, the same object until it changes; null if no comment ever was pinned.</summary>
    public SsePayload? Payload => _payload;

    /// <summary>Takes over what settings say; false if that is no news.</summary>
    public bool TryTake(VideoSettings settings)
    {
        if (settings.Pinned is null || (_payload is not null && settings.PinnedComment == _comment)) return false;
        Set(settings.PinnedComment);
        return true;
    }

    /// <summary>Unpins the comment where it was removed.</summary>
    public void Drop(KnownRemovals removals)
    {
        if (_comment is { } comment && removals.Include(comment)) Set(null);
    }

    private void Set(Comment? comment) => (_comment, _payload) = (comment, SsePayload.Of(SseEvent.Pin(comment)));
}
