namespace LiveComments.Grains.Interfaces.Wire;

// The project Comments does not know Orleans, so these types stand for its types on the wire. Their ids are fixed: nodes of two versions
// talk to each other while a cluster is upgraded. New members get new ids, and no id is given twice.

/// <summary>Stands for a <see cref="CommentId"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentId")]
internal readonly record struct CommentIdSurrogate([property: Id(0)] long Value);

/// <summary>Stands for a <see cref="Comment"/>. What most comments do not have takes no bytes.</summary>
[GenerateSerializer, OmitDefaultMemberValues, Alias("livecomments.Comment")]
internal readonly record struct CommentSurrogate(
    [property: Id(0)] long Id,
    [property: Id(1)] string LiveVideoId,
    [property: Id(2)] string Author,
    [property: Id(3)] string Message,
    [property: Id(4)] long? AuthorId,
    [property: Id(5)] byte AuthorMarks,
    [property: Id(6)] long? ReplyTo);

/// <summary>Stands for a <see cref="CommentDraft"/>. What most drafts do not have takes no bytes.</summary>
[GenerateSerializer, OmitDefaultMemberValues, Alias("livecomments.CommentDraft")]
internal readonly record struct CommentDraftSurrogate(
    [property: Id(0)] string Author, [property: Id(1)] string Message, [property: Id(2)] UInt128? Key,
    [property: Id(3)] long? AuthorId, [property: Id(4)] byte AuthorMarks, [property: Id(5)] long? GuestAddress,
    [property: Id(6)] DateTimeOffset? GuestSince, [property: Id(7)] string? HoldReason, [property: Id(8)] DraftMarks Marks,
    [property: Id(9)] string? RefuseReason, [property: Id(10)] DateTimeOffset? AccountSince,
    [property: Id(11)] string? HoldWord, [property: Id(12)] long? ReplyTo);

/// <summary>What a draft is beside what its author sent.</summary>
[Flags]
internal enum DraftMarks : byte
{
    None = 0,

    /// <summary><see cref="CommentDraft.IsApproved"/>.</summary>
    Approved = 1,

    /// <summary><see cref="CommentDraft.IsForOwnLog"/>.</summary>
    ForOwnLog = 2,
}

/// <summary>Stands for a <see cref="PostOutcome"/>.</summary>
[GenerateSerializer, Alias("livecomments.PostOutcome")]
internal readonly record struct PostOutcomeSurrogate(
    [property: Id(0)] PostStatus Status, [property: Id(1)] Comment? Comment, [property: Id(2)] Ban? Ban,
    [property: Id(3)] TimeSpan? Wait, [property: Id(4)] DateTimeOffset? At, [property: Id(5)] string? HoldReason,
    [property: Id(6)] string? RefuseReason);

/// <summary>Stands for an <see cref="AuthorId"/>.</summary>
[GenerateSerializer, Alias("livecomments.AuthorId")]
internal readonly record struct AuthorIdSurrogate([property: Id(0)] long Value);

/// <summary>Stands for a <see cref="Ban"/>.</summary>
[GenerateSerializer, Alias("livecomments.Ban")]
internal readonly record struct BanSurrogate(
    [property: Id(0)] AuthorId Author, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] DateTimeOffset? Until,
    [property: Id(3)] string? Reason, [property: Id(4)] bool HoldsAddress);

/// <summary>Stands for an <see cref="Erasure"/>.</summary>
[GenerateSerializer, Alias("livecomments.Erasure")]
internal readonly record struct ErasureSurrogate(
    [property: Id(0)] AuthorId Author, [property: Id(1)] DateTimeOffset Asked, [property: Id(2)] int? Videos,
    [property: Id(3)] int VideosDone, [property: Id(4)] long Removed, [property: Id(5)] DateTimeOffset? Ended);

/// <summary>Stands for a <see cref="CommentPage"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentPage")]
internal readonly record struct CommentPageSurrogate(
    [property: Id(0)] Comment[] Comments, [property: Id(1)] CommentId? NextCursor, [property: Id(2)] bool Expired,
    [property: Id(3)] CommentId AsOf, [property: Id(4)] Removal[]? Removals, [property: Id(5)] CommentId? LastRemoval);

/// <summary>Stands for a <see cref="CommentBatch"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentBatch")]
internal readonly record struct CommentBatchSurrogate(
    [property: Id(0)] CommentId Follows, [property: Id(1)] Comment[] Comments, [property: Id(2)] Removal[]? Removals,
    [property: Id(3)] VideoSettings? Settings, [property: Id(4)] Removal[]? Early);

/// <summary>Stands for a <see cref="VideoSettings"/>.</summary>
[GenerateSerializer, Alias("livecomments.VideoSettings")]
internal readonly record struct VideoSettingsSurrogate(
    [property: Id(0)] int SlowSeconds, [property: Id(1)] MayPost MayPost, [property: Id(2)] int EstablishedMinutes,
    [property: Id(3)] int UniqueSeconds, [property: Id(4)] LinkRule Links, [property: Id(5)] VideoState State,
    [property: Id(6)] CommentId Version, [property: Id(7)] int DelaySeconds, [property: Id(8)] CommentId PublicUpTo,
    [property: Id(9)] bool HoldAll, [property: Id(10)] CommentId? Pinned, [property: Id(11)] Comment? PinnedComment);

/// <summary>Stands for a <see cref="SettingsChange"/>.</summary>
[GenerateSerializer, Alias("livecomments.SettingsChange")]
internal readonly record struct SettingsChangeSurrogate(
    [property: Id(0)] int? SlowSeconds, [property: Id(1)] MayPost? MayPost, [property: Id(2)] int? EstablishedMinutes,
    [property: Id(3)] int? UniqueSeconds, [property: Id(4)] LinkRule? Links, [property: Id(5)] VideoState? State,
    [property: Id(6)] CommentId? Version, [property: Id(7)] int? DelaySeconds, [property: Id(8)] bool? HoldAll,
    [property: Id(9)] CommentId? Pin);

/// <summary>Stands for a <see cref="Removal"/>.</summary>
[GenerateSerializer, Alias("livecomments.Removal")]
internal readonly record struct RemovalSurrogate(
    [property: Id(0)] long Id,
    [property: Id(1)] long[]? Ids,
    [property: Id(2)] long? AuthorId,
    [property: Id(3)] long? From,
    [property: Id(4)] long? To);

/// <summary>Stands for a <see cref="FoundEntry"/>.</summary>
[GenerateSerializer, Alias("livecomments.FoundEntry")]
internal readonly record struct FoundEntrySurrogate(
    [property: Id(0)] Comment? Comment, [property: Id(1)] CommentId? RemovedBy, [property: Id(2)] Removal? Removal);

/// <summary>Stands for a <see cref="ReceiptShare"/>.</summary>
[GenerateSerializer, Alias("livecomments.ReceiptShare")]
internal readonly record struct ReceiptShareSurrogate(
    [property: Id(0)] long WereSent, [property: Id(1)] long Told, [property: Id(2)] long Left, [property: Id(3)] long Relays,
    [property: Id(4)] long RelaysReported, [property: Id(5)] long[] Times);

/// <summary>Stands for a <see cref="NodeReceipt"/>.</summary>
[GenerateSerializer, Alias("livecomments.NodeReceipt")]
internal readonly record struct NodeReceiptSurrogate(
    [property: Id(0)] ReceiptShare Share, [property: Id(1)] Guid[] Edges, [property: Id(2)] bool IsWhole);

/// <summary>Stands for a <see cref="ReceiptSum"/>.</summary>
[GenerateSerializer, Alias("livecomments.ReceiptSum")]
internal readonly record struct ReceiptSumSurrogate(
    [property: Id(0)] ReceiptShare Total, [property: Id(1)] int Nodes, [property: Id(2)] int NodesMissing, [property: Id(3)] bool IsWhole);

/// <summary>Stands for an <see cref="EdgeReport"/>.</summary>
[GenerateSerializer, Alias("livecomments.EdgeReport")]
internal readonly record struct EdgeReportSurrogate(
    [property: Id(0)] Guid Edge, [property: Id(1)] CommentId Removal, [property: Id(2)] ReceiptShare Share);

/// <summary>Stands for a <see cref="CommentsUnavailableException"/>.</summary>
[GenerateSerializer, Alias("livecomments.CommentsUnavailableException")]
internal readonly record struct CommentsUnavailableExceptionSurrogate([property: Id(0)] string Message);
