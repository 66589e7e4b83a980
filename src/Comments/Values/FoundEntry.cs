namespace LiveComments;

/// <summary>What a log has under an id; all is null if there is nothing.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="RemovedBy">The id of the removal that has taken the comment back, or that was about to when its owner ended.</param>
/// <param name="Removal">The removal.</param>
public readonly record struct FoundEntry(Comment? Comment = null, CommentId? RemovedBy = null, Removal? Removal = null);
