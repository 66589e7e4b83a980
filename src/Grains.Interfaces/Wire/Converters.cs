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
        new(new(surrogate.Id), LiveVideoId.Parse(surrogate.LiveVideoId), surrogate.Author, surrogate.Message);

    public CommentSurrogate ConvertToSurrogate(in Comment value) =>
        new(value.Id.Value, value.LiveVideoId.ToString(), value.Author, value.Message);
}

[RegisterConverter]
internal sealed class CommentDraftConverter : IConverter<CommentDraft, CommentDraftSurrogate>
{
    public CommentDraft ConvertFromSurrogate(in CommentDraftSurrogate surrogate)
    {
        IdempotencyKey? key = surrogate.Key is { } fingerprint ? new(fingerprint) : null;
        return CommentDraft.TryCreate(surrogate.Author, surrogate.Message, key, out var draft, out _)
            ? draft
            : throw new FormatException("A node of another version sent a draft that is none here.");
    }

    public CommentDraftSurrogate ConvertToSurrogate(in CommentDraft value) => new(value.Author, value.Message, value.Key?.Fingerprint);
}

[RegisterConverter]
internal sealed class PostOutcomeConverter : IConverter<PostOutcome, PostOutcomeSurrogate>
{
    public PostOutcome ConvertFromSurrogate(in PostOutcomeSurrogate surrogate) => new(surrogate.Status, surrogate.Comment);

    public PostOutcomeSurrogate ConvertToSurrogate(in PostOutcome value) => new(value.Status, value.Comment);
}

[RegisterConverter]
internal sealed class CommentsUnavailableExceptionConverter : IConverter<CommentsUnavailableException, CommentsUnavailableExceptionSurrogate>
{
    public CommentsUnavailableException ConvertFromSurrogate(in CommentsUnavailableExceptionSurrogate surrogate) => new(surrogate.Message);

    public CommentsUnavailableExceptionSurrogate ConvertToSurrogate(in CommentsUnavailableException value) => new(value.Message);
}
