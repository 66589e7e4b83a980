namespace LiveComments.Storage.Orleans;

/// <summary>An entry as a segment has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Identity">What is known of its author, also if it is erased.</param>
/// <param name="Entry">What it is.</param>
internal readonly record struct SegmentRow(CommentId Id, AuthorIdentity? Identity, FoundEntry Entry);
