namespace LiveComments.Grains.Interfaces.Wire;

/// <summary>Posts on their way to the owner of their video.</summary>
/// <param name="Drafts">At least one draft.</param>
[GenerateSerializer, Immutable, Alias("livecomments.PostRequest")]
public sealed record PostRequest([property: Id(0)] CommentDraft[] Drafts);

/// <summary>How posts ended.</summary>
/// <param name="Outcomes">One for each draft, in their order.</param>
[GenerateSerializer, Immutable, Alias("livecomments.PostAnswers")]
public sealed record PostAnswers([property: Id(0)] PostOutcome[] Outcomes);

/// <summary>A stretch of history.</summary>
/// <param name="Comments">The comments, newest first.</param>
/// <param name="NextCursor">Where the next page begins; null where this one reaches the first comment.</param>
[GenerateSerializer, Immutable, Alias("livecomments.HistoryPage")]
public sealed record HistoryPage([property: Id(0)] Comment[] Comments, [property: Id(1)] CommentId? NextCursor);

/// <summary>Comments accepted together; see <see cref="CommentBatch"/>.</summary>
/// <param name="Follows">The comment that directly precedes them in the log.</param>
/// <param name="Comments">The comments in the order of the log; none where only the log's end is told.</param>
[GenerateSerializer, Immutable, Alias("livecomments.News")]
public sealed record News([property: Id(0)] CommentId Follows, [property: Id(1)] Comment[] Comments);
