using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Feed;

/// <summary>What a viewer gets in one write, and where it is after that. Shared by all viewers at the same position.</summary>
/// <param name="Payload">Whole events.</param>
/// <param name="Comments">How many of them are comments.</param>
/// <param name="Next">The viewer's position after the write.</param>
/// <param name="Last">The viewer's last entry after the write.</param>
/// <param name="IsGap">Whether it tells of a gap.</param>
internal sealed record WriteBatch(SsePayload Payload, int Comments, long Next, CommentId Last, bool IsGap = false);
