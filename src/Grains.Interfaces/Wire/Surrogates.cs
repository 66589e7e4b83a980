namespace LiveComments.Grains.Interfaces.Wire;

// What a comment is does not know of Orleans, so these stand for it on the wire. Their ids are fixed: nodes of two versions
// talk to each other while a cluster is upgraded. New members get new ids, and no id is given twice.

/// <summary>Stands for a <see cref="CommentId"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentId")]
public readonly record struct CommentIdSurrogate([property: Id(0)] long Value);

/// <summary>Stands for a <see cref="Comment"/>.</summary>
[GenerateSerializer, Alias("livecomments.Comment")]
public readonly record struct CommentSurrogate(
    [property: Id(0)] long Id,
    [property: Id(1)] string LiveVideoId,
    [property: Id(2)] string Author,
    [property: Id(3)] string Message);

/// <summary>Stands for a <see cref="CommentDraft"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentDraft")]
public readonly record struct CommentDraftSurrogate(
    [property: Id(0)] string Author, [property: Id(1)] string Message, [property: Id(2)] UInt128? Key);

/// <summary>Stands for a <see cref="PostOutcome"/>.</summary>
[GenerateSerializer, Alias("livecomments.PostOutcome")]
public readonly record struct PostOutcomeSurrogate([property: Id(0)] PostStatus Status, [property: Id(1)] Comment? Comment);

/// <summary>Stands for a <see cref="CommentsUnavailableException"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentsUnavailableException")]
public readonly record struct CommentsUnavailableExceptionSurrogate([property: Id(0)] string Message);
