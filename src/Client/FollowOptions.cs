namespace LiveComments.Client;

/// <summary>What <see cref="LiveCommentsClient.FollowAsync"/> is told.</summary>
public sealed class FollowOptions
{
    /// <summary>The largest <see cref="Backlog"/>.</summary>
    public const int MaxBacklog = 200;

    /// <summary>How many of the last comments come first, where nothing is resumed and after a gap: 0 to 200 (50).</summary>
    public int Backlog { get; init; } = 50;

    /// <summary>
    /// Whether a moderator follows, with the token: comments come without their delay. Edges have no such streams: refused with <c>404</c>
    /// there.
    /// </summary>
    public bool Staff { get; init; }
}
