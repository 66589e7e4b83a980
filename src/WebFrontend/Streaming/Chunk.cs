namespace LiveComments.WebFrontend.Streaming;

/// <summary>Bytes that one write carries to a viewer, made once and shared by all who are at the same place.</summary>
/// <param name="Payload">Whole events.</param>
/// <param name="Comments">How many of them are comments.</param>
/// <param name="Next">The viewer's position after it.</param>
/// <param name="Last">The viewer's last comment after it.</param>
internal sealed record Chunk(byte[] Payload, int Comments, long Next, CommentId Last);
