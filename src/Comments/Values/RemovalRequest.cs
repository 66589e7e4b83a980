namespace LiveComments;

/// <summary>What a moderator or an author wants: comments removed, somebody banned, or settings changed.</summary>
public sealed record RemovalRequest
{
    private RemovalRequest()
    {
    }

    /// <summary>The one comment; null if it is more than one.</summary>
    public CommentId? Comment { get; private init; }

    /// <summary>The author whose comments are meant: a person or, as moderators are shown it, an address. Null = everybody's.</summary>
    public AuthorId? Author { get; private init; }

    /// <summary>From which id on.</summary>
    public CommentId From { get; private init; }

    /// <summary>Who may have written the one comment; null = anybody, for a moderator asks.</summary>
    public AuthorId? By { get; private init; }

    /// <summary>The ban that is to hold from then on; null if none is.</summary>
    public Ban? Ban { get; private init; }

    /// <summary>Whose ban is to be lifted; null if nobody's is.</summary>
    public AuthorId? Lift { get; private init; }

    /// <summary>How the settings are to be changed; null if they are not.</summary>
    public SettingsChange? Settings { get; private init; }

    /// <summary>Whether comments are to be removed: not where only something else is decided.</summary>
    public bool Removes => Comment is not null || (Lift is null && Settings is null && (Ban is null || From < CommentId.Max));

    /// <summary>One comment, whoever wrote it.</summary>
    public static RemovalRequest OfComment(CommentId comment) => new() { Comment = comment };

    /// <summary>One comment, if this author wrote it.</summary>
    public static RemovalRequest OfOwnComment(CommentId comment, AuthorId author) => new() { Comment = comment, By = author };

    /// <summary>All comments of an author from an id on.</summary>
    public static RemovalRequest OfAuthor(AuthorId author, CommentId from) => new() { Author = author, From = from };

    /// <summary>Bans an author and removes the author's comments from an id on; null = none.</summary>
    public static RemovalRequest OfBan(Ban ban, CommentId? from) =>
        new() { Ban = ban, Author = ban.Author, From = from ?? CommentId.Max };

    /// <summary>
    /// The same, with the id of the banned one's address, which the owner of the video knows or not. A ban of somebody who is an address
    /// ends when that of an address does.
    /// </summary>
    internal RemovalRequest At(AuthorId? address)
    {
        var held = Ban! with { HoldsAddress = Ban.HoldsAddress && address is not null, Address = Ban.HoldsAddress ? address : null };
        return this with { Ban = address == held.Author ? held.OfAddress : held };
    }

    /// <summary>Lifts the ban of an author. What was removed stays removed.</summary>
    public static RemovalRequest OfLift(AuthorId author) => new() { Lift = author };

    /// <summary>Changes the settings.</summary>
    // An owner of an earlier version knows no settings. It takes this for the removal of what is not there yet.
    public static RemovalRequest OfSettings(SettingsChange change) => new() { Settings = change, From = CommentId.Max };

    /// <summary>All comments from an id on.</summary>
    public static RemovalRequest OfEverybody(CommentId from) => new() { From = from };
}

/// <summary>How a removal ended.</summary>
public enum RemovalStatus
{
    /// <summary>
    /// The texts have left the store, and all who watch are being told. So it is, too, if they were removed before. Or what was decided
    /// holds.
    /// </summary>
    Removed,

    /// <summary>The video never had this comment, or it was removed because of its age.</summary>
    NoSuchComment,

    /// <summary>Somebody else wrote the comment.</summary>
    NotTheAuthor,

    /// <summary>The store did not take it. It was not acknowledged and may be tried again.</summary>
    Unavailable,

    /// <summary>Too many removals are waiting already. It may be tried again.</summary>
    Overloaded,

    /// <summary>The settings have another version than the change is for.</summary>
    OtherVersion,
}

/// <summary>The answer to a removal.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Count">How many comments it removed; 0 if they were removed before.</param>
/// <param name="Ban">The ban as it holds, if somebody was banned.</param>
/// <param name="Settings">The settings as they hold, if they were to be changed.</param>
/// <param name="Removal">
/// The entry that has taken the comments back, now or before, the last one if there are several; null if there is none. Where an owner has
/// ended in between, the one that was about to, as in <see cref="FoundEntry.RemovedBy"/>.
/// </param>
public readonly record struct RemovalOutcome(
    RemovalStatus Status, int Count = 0, Ban? Ban = null, VideoSettings? Settings = null, CommentId? Removal = null);
