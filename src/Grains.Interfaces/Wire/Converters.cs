namespace LiveComments.Grains.Interfaces.Wire;

[RegisterConverter]
internal sealed class CommentIdConverter : IConverter<CommentId, CommentIdSurrogate>
{
    public CommentId ConvertFromSurrogate(in CommentIdSurrogate surrogate) => new(surrogate.Value);

    public CommentIdSurrogate ConvertToSurrogate(in CommentId value) => new(value.Value);
}

[RegisterConverter]
internal sealed class CommentConverter : IConverter<Comment, CommentSurrogate>
{
    public Comment ConvertFromSurrogate(in CommentSurrogate surrogate) =>
        new(new(surrogate.Id), LiveVideoId.ParseLog(surrogate.LiveVideoId), surrogate.Author, surrogate.Message)
        {
            Identity = AuthorIdentities.From(surrogate.AuthorId, surrogate.AuthorMarks),
            ReplyTo = surrogate.ReplyTo is { } parent ? new CommentId(parent) : null,
        };

    public CommentSurrogate ConvertToSurrogate(in Comment value) => new(
        value.Id.Value,
        value.LiveVideoId.ToString(),
        value.Author,
        value.Message,
        value.Identity?.Id.Value,
        value.Identity?.Marks ?? 0,
        value.ReplyTo?.Value);
}

[RegisterConverter]
internal sealed class CommentDraftConverter : IConverter<CommentDraft, CommentDraftSurrogate>
{
    public CommentDraft ConvertFromSurrogate(in CommentDraftSurrogate surrogate)
    {
        IdempotencyKey? key = surrogate.Key is { } fingerprint ? new(fingerprint) : null;
        var identity = AuthorIdentities.From(surrogate.AuthorId, surrogate.AuthorMarks);
        if (surrogate.Marks.HasFlag(DraftMarks.ForOwnLog))
            return CommentDraft.ForOwnLog(surrogate.Author, surrogate.Message, key, identity);
        if (!CommentDraft.TryCreate(surrogate.Author, surrogate.Message, key, identity, out var draft, out _))
            throw new FormatException("Received an invalid comment draft, probably from a node of another version.");
        draft = draft.OfGuestAt(surrogate.GuestAddress is { } address ? new AuthorId(address) : null, surrogate.GuestSince)
            .OfAccountSince(surrogate.AccountSince).InReplyTo(surrogate.ReplyTo is { } parent ? new CommentId(parent) : null);
        if (surrogate.HoldReason is { } reason) draft = draft.HoldFor(reason, surrogate.HoldWord);
        if (surrogate.RefuseReason is { } because) draft = draft.RefuseFor(because);
        return surrogate.Marks.HasFlag(DraftMarks.Approved) ? draft.Approved() : draft;
    }

    public CommentDraftSurrogate ConvertToSurrogate(in CommentDraft value) =>
        new(
            value.Author, value.Message, value.Key?.Fingerprint, value.Identity?.Id.Value, value.Identity?.Marks ?? 0,
            value.GuestAddress?.Value, value.GuestSince, value.HoldReason,
            (value.IsApproved ? DraftMarks.Approved : 0) | (value.IsForOwnLog ? DraftMarks.ForOwnLog : 0),
            value.RefuseReason, value.AccountSince, value.HoldWord, value.ReplyTo?.Value);
}

[RegisterConverter]
internal sealed class PostOutcomeConverter : IConverter<PostOutcome, PostOutcomeSurrogate>
{
    public PostOutcome ConvertFromSurrogate(in PostOutcomeSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Comment, surrogate.Ban, surrogate.Wait, surrogate.At, surrogate.HoldReason,
            surrogate.RefuseReason);

    public PostOutcomeSurrogate ConvertToSurrogate(in PostOutcome value) =>
        new(value.Status, value.Comment, value.Ban, value.Wait, value.At, value.HoldReason, value.RefuseReason);
}

[RegisterConverter]
internal sealed class AuthorIdConverter : IConverter<AuthorId, AuthorIdSurrogate>
{
    public AuthorId ConvertFromSurrogate(in AuthorIdSurrogate surrogate) => new(surrogate.Value);

    public AuthorIdSurrogate ConvertToSurrogate(in AuthorId value) => new(value.Value);
}

[RegisterConverter]
internal sealed class BanConverter : IConverter<Ban, BanSurrogate>
{
    public Ban ConvertFromSurrogate(in BanSurrogate surrogate) =>
        new(surrogate.Author, surrogate.Since, surrogate.Until, surrogate.Reason) { HoldsAddress = surrogate.HoldsAddress };

    public BanSurrogate ConvertToSurrogate(in Ban value) => new(value.Author, value.Since, value.Until, value.Reason, value.HoldsAddress);
}

[RegisterConverter]
internal sealed class ErasureConverter : IConverter<Erasure, ErasureSurrogate>
{
    public Erasure ConvertFromSurrogate(in ErasureSurrogate surrogate) => new(surrogate.Author, surrogate.Asked)
    {
        Videos = surrogate.Videos,
        VideosDone = surrogate.VideosDone,
        Removed = surrogate.Removed,
        Ended = surrogate.Ended,
    };

    public ErasureSurrogate ConvertToSurrogate(in Erasure value) =>
        new(value.Author, value.Asked, value.Videos, value.VideosDone, value.Removed, value.Ended);
}

[RegisterConverter]
internal sealed class CommentPageConverter : IConverter<CommentPage, CommentPageSurrogate>
{
    public CommentPage ConvertFromSurrogate(in CommentPageSurrogate surrogate) =>
        new(surrogate.Comments, surrogate.NextCursor, surrogate.Expired)
        {
            AsOf = surrogate.AsOf,
            Removals = surrogate.Removals,
            LastRemoval = surrogate.LastRemoval,
        };

    public CommentPageSurrogate ConvertToSurrogate(in CommentPage value) => new(
        [.. value.Comments], value.NextCursor, value.Expired, value.AsOf, value.Removals is { } removals ? [.. removals] : null,
        value.LastRemoval);
}

[RegisterConverter]
internal sealed class CommentBatchConverter : IConverter<CommentBatch, CommentBatchSurrogate>
{
    public CommentBatch ConvertFromSurrogate(in CommentBatchSurrogate surrogate) =>
        new(surrogate.Follows, surrogate.Comments)
        {
            Removals = surrogate.Removals ?? [],
            Settings = surrogate.Settings,
            Early = surrogate.Early ?? [],
        };

    public CommentBatchSurrogate ConvertToSurrogate(in CommentBatch value) =>
        new(
            value.Follows, [.. value.Comments], value.Removals.Count > 0 ? [.. value.Removals] : null, value.Settings,
            value.Early.Count > 0 ? [.. value.Early] : null);
}

[RegisterConverter]
internal sealed class VideoSettingsConverter : IConverter<VideoSettings, VideoSettingsSurrogate>
{
    public VideoSettings ConvertFromSurrogate(in VideoSettingsSurrogate surrogate) => new()
    {
        SlowSeconds = surrogate.SlowSeconds,
        MayPost = surrogate.MayPost,
        EstablishedMinutes = surrogate.EstablishedMinutes,
        UniqueSeconds = surrogate.UniqueSeconds,
        Links = surrogate.Links,
        State = surrogate.State,
        Version = surrogate.Version,
        DelaySeconds = surrogate.DelaySeconds,
        PublicUpTo = surrogate.PublicUpTo,
        HoldAll = surrogate.HoldAll,
        Pinned = surrogate.Pinned,
        PinnedComment = surrogate.PinnedComment,
    };

    public VideoSettingsSurrogate ConvertToSurrogate(in VideoSettings value) => new(
        value.SlowSeconds, value.MayPost, value.EstablishedMinutes, value.UniqueSeconds, value.Links, value.State, value.Version,
        value.DelaySeconds, value.PublicUpTo, value.HoldAll, value.Pinned, value.PinnedComment);
}

[RegisterConverter]
internal sealed class SettingsChangeConverter : IConverter<SettingsChange, SettingsChangeSurrogate>
{
    public SettingsChange ConvertFromSurrogate(in SettingsChangeSurrogate surrogate) => new()
    {
        SlowSeconds = surrogate.SlowSeconds,
        MayPost = surrogate.MayPost,
        EstablishedMinutes = surrogate.EstablishedMinutes,
        UniqueSeconds = surrogate.UniqueSeconds,
        Links = surrogate.Links,
        State = surrogate.State,
        Version = surrogate.Version,
        DelaySeconds = surrogate.DelaySeconds,
        HoldAll = surrogate.HoldAll,
        Pin = surrogate.Pin,
    };

    public SettingsChangeSurrogate ConvertToSurrogate(in SettingsChange value) => new(
        value.SlowSeconds, value.MayPost, value.EstablishedMinutes, value.UniqueSeconds, value.Links, value.State, value.Version,
        value.DelaySeconds, value.HoldAll, value.Pin);
}

[RegisterConverter]
internal sealed class RemovalConverter : IConverter<Removal, RemovalSurrogate>
{
    public Removal ConvertFromSurrogate(in RemovalSurrogate surrogate) => new(
        new(surrogate.Id),
        new(
            surrogate.Ids is { } ids ? [.. ids.Select(id => new CommentId(id))] : null,
            surrogate.AuthorId is { } author ? new AuthorId(author) : null,
            surrogate.From is { } from ? new CommentId(from) : null,
            surrogate.To is { } to ? new CommentId(to) : null));

    public RemovalSurrogate ConvertToSurrogate(in Removal value)
    {
        var removed = value.Removed;
        return new(
            value.Id.Value, removed.Ids is { } ids ? [.. ids.Select(id => id.Value)] : null, removed.AuthorId?.Value, removed.From?.Value,
            removed.To?.Value);
    }
}

[RegisterConverter]
internal sealed class FoundEntryConverter : IConverter<FoundEntry, FoundEntrySurrogate>
{
    public FoundEntry ConvertFromSurrogate(in FoundEntrySurrogate surrogate) =>
        new(surrogate.Comment, surrogate.RemovedBy, surrogate.Removal);

    public FoundEntrySurrogate ConvertToSurrogate(in FoundEntry value) => new(value.Comment, value.RemovedBy, value.Removal);
}

[RegisterConverter]
internal sealed class CommentsUnavailableExceptionConverter
    : IConverter<CommentsUnavailableException, CommentsUnavailableExceptionSurrogate>
{
    public CommentsUnavailableException ConvertFromSurrogate(in CommentsUnavailableExceptionSurrogate surrogate) => new(surrogate.Message);

    public CommentsUnavailableExceptionSurrogate ConvertToSurrogate(in CommentsUnavailableException value) => new(value.Message);
}

/// <summary>What is known of an author, as it crosses the wire: two members, which nodes of earlier versions pass over.</summary>
internal static class AuthorIdentities
{
    public static AuthorIdentity? From(long? id, byte marks) => id is { } known ? AuthorIdentity.FromStore(known, marks) : null;
}
