namespace LiveComments.Testing;

/// <summary>Drafts that are valid, for tests in which what they say does not matter.</summary>
public static class Drafts
{
    /// <summary>A draft, under a key where one is given, and of a person where a token said who it is.</summary>
    public static CommentDraft Draft(string message = "Hello", string? key = null, string author = "Ada", AuthorId? person = null)
    {
        IdempotencyKey? parsed = null;
        if (key is not null)
            parsed = IdempotencyKey.TryCreate(key, out var valid) ? valid : throw new ArgumentException("no key", nameof(key));
        AuthorIdentity? identity = person is { } id ? new(id, AuthorRole.Viewer, Verified: true) : null;
        return CommentDraft.TryCreate(author, message, parsed, identity, out var draft, out var errors)
            ? draft
            : throw new ArgumentException(string.Join(' ', errors.Keys), nameof(message));
    }
}
