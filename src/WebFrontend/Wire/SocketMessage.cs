namespace LiveComments.WebFrontend.Wire;

/// <summary>
/// What is read of a message that a client sends on a WebSocket. Its other members are those of a <see cref="NewComment"/>.
/// </summary>
/// <param name="Type">What it asks for; there is <see cref="Post"/> alone.</param>
/// <param name="Key">The Idempotency-Key; null for none. The answer repeats it.</param>
internal sealed record SocketMessage(string? Type, string? Key)
{
    /// <summary>The type of one that posts a comment.</summary>
    public const string Post = "post";
}
