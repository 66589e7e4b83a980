namespace LiveComments;

/// <summary>
/// An entry of a video's log that takes comments back. It is final: their texts have left the store before anybody is told of it.
/// </summary>
/// <param name="Id">Its place in the log; comments and removals share one sequence of ids.</param>
/// <param name="Removed">Which comments it takes back; all of them are older.</param>
public sealed record Removal(CommentId Id, RemovedComments Removed);
