namespace LiveComments.Grains.Interfaces.Wire;

/// <summary>Posts on their way to the owner of their video.</summary>
/// <param name="Drafts">At least one draft.</param>
[GenerateSerializer, Immutable, Alias("livecomments.PostRequest")]
public sealed record PostRequest([property: Id(0)] CommentDraft[] Drafts);

/// <summary>How posts ended.</summary>
/// <param name="Outcomes">One for each draft, in their order.</param>
[GenerateSerializer, Immutable, Alias("livecomments.PostAnswers")]
public sealed record PostAnswers([property: Id(0)] PostOutcome[] Outcomes);

/// <summary>A removal, a ban or a change of settings on its way to the owner of its video; see <see cref="RemovalRequest"/>.</summary>
/// <param name="Comment">The one comment, if it is one.</param>
/// <param name="Author">The author whose comments are meant; null = everybody's.</param>
/// <param name="From">From which id on.</param>
/// <param name="By">Who may have written the one comment; null = anybody.</param>
/// <param name="Ban">The ban that is to hold.</param>
/// <param name="Lift">Whose ban is to be lifted.</param>
/// <param name="Settings">How the settings are to be changed.</param>
[GenerateSerializer, Immutable, Alias("livecomments.RemovalCall")]
public sealed record RemovalCall(
    [property: Id(0)] CommentId? Comment, [property: Id(1)] AuthorId? Author, [property: Id(2)] CommentId From,
    [property: Id(3)] AuthorId? By, [property: Id(4)] Ban? Ban, [property: Id(5)] AuthorId? Lift,
    [property: Id(6)] SettingsChange? Settings)
{
    /// <summary>Takes what is asked for.</summary>
    public static RemovalCall Of(RemovalRequest request) =>
        new(request.Comment, request.Author, request.From, request.By, request.Ban, request.Lift, request.Settings);

    /// <summary>Gives it back.</summary>
    public RemovalRequest ToRequest() => this switch
    {
        { Settings: { } change } => RemovalRequest.OfSettings(change),
        { Lift: { } author } => RemovalRequest.OfLift(author),
        { Ban: { } ban } => RemovalRequest.OfBan(ban, From),
        { Comment: { } comment, By: { } author } => RemovalRequest.OfOwnComment(comment, author),
        { Comment: { } comment } => RemovalRequest.OfComment(comment),
        { Author: { } author } => RemovalRequest.OfAuthor(author, From),
        _ => RemovalRequest.OfEverybody(From),
    };
}

/// <summary>How a removal ended.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Count">How many comments it removed.</param>
/// <param name="Ban">The ban as it holds, if somebody was banned.</param>
/// <param name="Settings">The settings as they hold, if they were to be changed.</param>
/// <param name="Removal">The entry that has taken the comments back; null if there is none, or the owner is of an earlier version.</param>
[GenerateSerializer, Immutable, Alias("livecomments.RemovalAnswer")]
public sealed record RemovalAnswer(
    [property: Id(0)] RemovalStatus Status, [property: Id(1)] int Count, [property: Id(2)] Ban? Ban,
    [property: Id(3)] VideoSettings? Settings = null, [property: Id(4)] CommentId? Removal = null);

/// <summary>What a frontend misses of a video.</summary>
/// <param name="Batch">
/// The entries; empty if it misses none or many: then it tells how far the log is. The settings are there in either case.
/// </param>
/// <param name="LastRemoval">The last removal in the log.</param>
[GenerateSerializer, Immutable, Alias("livecomments.MissedEntries")]
public sealed record MissedEntries([property: Id(0)] CommentBatch Batch, [property: Id(1)] CommentId LastRemoval)
{
    /// <summary>The silo of the owner; null if it is of an earlier version.</summary>
    [Id(2)]
    public SiloAddress? Owner { get; init; }
}
