namespace LiveComments;

/// <summary>
/// From which address each of those who wrote lately without an issuer's token did so last, so that a ban can hold the address: of up to
/// <see cref="Most"/> authors for up to <see cref="Kept"/>, and in memory alone. It is used in the turns of the video alone.
/// </summary>
internal sealed class LastAddresses(TimeProvider time)
{
    /// <summary>The most authors.</summary>
    public const int Most = 10_000;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Recently<AuthorId, AuthorId> _byAuthor = new(Most, Kept, time);

    /// <summary>Takes note of a post that was accepted.</summary>
    public void Add(CommentDraft draft)
    {
        if (draft is { Identity: { } identity, Address: { } address }) _byAuthor.Add(identity.Id, address);
    }

    /// <summary>The id of the address of an author; the author's own if the author is an address; null if it is not known.</summary>
    public AuthorId? Find(AuthorId author) => _byAuthor.TryGet(author, out var address, out _) ? address : null;
}
