namespace LiveComments;

/// <summary>What a log has under an id; all is null if there is nothing.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="RemovedBy">
/// The removal that has taken the comment back, or was about to: whether it is in the log must be looked up.
/// </param>
/// <param name="Removal">The removal.</param>
public readonly record struct FoundEntry(Comment? Comment = null, CommentId? RemovedBy = null, Removal? Removal = null);
