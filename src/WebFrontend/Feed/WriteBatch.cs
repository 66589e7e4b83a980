using LiveComments.WebFrontend.Wire;
namespace LiveComments.WebFrontend.Feed;

/// <summary>What a viewer gets in one write, and where it is then. Shared by all who are at the same place.</summary>
/// <param name="Bytes">Whole events.</param>
/// <param name="Comments">How many of them are comments.</param>
/// <param name="Next">The viewer's position after it.</param>
/// <param name="Last">The viewer's last comment after it.</param>
internal sealed record WriteBatch(SsePayload Bytes, int Comments, long Next, CommentId Last);
