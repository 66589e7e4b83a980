namespace LiveComments;

/// <summary>What is known of the author of a comment: from a token, or from the address alone.</summary>
/// <param name="Id">The person; or the address, if there was no token.</param>
/// <param name="Role">What the person is on the video.</param>
/// <param name="Verified">Whether the author's name came from the token.</param>
/// <param name="IsAddress">Whether there was no token, and the id is that of the address. Only moderators are shown it.</param>
public readonly record struct AuthorIdentity(AuthorId Id, AuthorRole Role, bool Verified, bool IsAddress = false)
{
    private const byte VerifiedMark = 0x80;
    private const byte AnnouncementMark = 0x20;

    /// <summary>The bit of <see cref="Marks"/> that is set if the id is that of an address.</summary>
    public const byte AddressMark = 0x40;

    /// <summary>
    /// Whether the author speaks as a moderator to all: the comment is an announcement. Earlier versions take its author for a viewer.
    /// </summary>
    public bool Announces { get; init; }

    /// <summary>All but the id, as the one byte that stores keep beside it.</summary>
    public byte Marks => (byte)((byte)Role | (Verified ? VerifiedMark : 0) | (IsAddress ? AddressMark : 0) | (Announces ? AnnouncementMark : 0));

    /// <summary>The id of a person; null if it is that of an address.</summary>
    public AuthorId? Person => IsAddress ? null : Id;

    /// <summary>The identity of an author without a token.</summary>
    public static AuthorIdentity OfAddress(AuthorId address) => new(address, AuthorRole.Viewer, Verified: false, IsAddress: true);

    /// <summary>Reads back what a store kept. A role that only a later version knows is that of a viewer here.</summary>
    public static AuthorIdentity FromStore(long id, byte marks)
    {
        var role = (AuthorRole)(marks & ~(VerifiedMark | AddressMark | AnnouncementMark));
        return new(new(id), Enum.IsDefined(role) ? role : AuthorRole.Viewer, (marks & VerifiedMark) != 0, (marks & AddressMark) != 0)
        {
            Announces = (marks & AnnouncementMark) != 0,
        };
    }
}
