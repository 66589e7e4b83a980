namespace LiveComments.WebFrontend.Feed;

/// <summary>Where a viewer is in a feed.</summary>
/// <param name="Position">The position in the ring that it gets next.</param>
/// <param name="Last">The last entry that it has.</param>
/// <param name="Backlog">How many comments it is given after a gap.</param>
internal readonly record struct Cursor(long Position, CommentId Last, int Backlog);
