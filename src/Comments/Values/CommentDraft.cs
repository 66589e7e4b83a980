using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LiveComments;

/// <summary>A comment that is checked but not yet in the log.</summary>
public sealed class CommentDraft
{
    /// <summary>The longest author, in Unicode scalar values after trimming.</summary>
    public const int MaxAuthorLength = 50;

    /// <summary>The longest message, in Unicode scalar values after trimming.</summary>
    public const int MaxMessageLength = 500;

    /// <summary>The most line feeds in a message, with those that Unicode calls separators of lines and paragraphs.</summary>
    public const int MaxLineFeeds = 10;

    /// <summary>The most combining marks on one character.</summary>
    public const int MaxMarks = 8;

    private CommentDraft(string author, string message, IdempotencyKey? key, AuthorIdentity? identity) =>
        (Author, Message, Key, Identity) = (author, message, key, identity);

    private CommentDraft(CommentDraft draft)
        : this(draft.Author, draft.Message, draft.Key, draft.Identity) =>
        (ReplyTo, GuestAddress, GuestSince, AccountSince, HoldReason, HoldWord, RefuseReason, IsApproved) = (
            draft.ReplyTo, draft.GuestAddress, draft.GuestSince, draft.AccountSince, draft.HoldReason, draft.HoldWord, draft.RefuseReason,
            draft.IsApproved);

    /// <summary>The author's name, trimmed.</summary>
    public string Author { get; }

    /// <summary>The text, trimmed; line feeds are its only control characters.</summary>
    public string Message { get; private init; }

    /// <summary>The comment that it answers; null if it answers none.</summary>
    public CommentId? ReplyTo { get; private init; }

    /// <summary>The key of this post; null if the author sent none.</summary>
    public IdempotencyKey? Key { get; }

    /// <summary>What is known of the author; null if nothing is.</summary>
    public AuthorIdentity? Identity { get; private init; }

    /// <summary>
    /// The id of the address that a guest writes from; null of others, and without a key for such ids. It goes no further than to the owner
    /// of the video.
    /// </summary>
    public AuthorId? GuestAddress { get; private init; }

    /// <summary>The id of the address of a guest, or of somebody without a token.</summary>
    internal AuthorId? Address => Identity is { IsAddress: true, Id: var address } ? address : GuestAddress;

    /// <summary>
    /// Since when a guest has been one, as the guest's token says; null of others, and of guests whom a node of an earlier version has let
    /// in.
    /// </summary>
    public DateTimeOffset? GuestSince { get; private init; }

    /// <summary>Since when the account of somebody who has signed in exists, if the token says so; null of others.</summary>
    public DateTimeOffset? AccountSince { get; private init; }

    /// <summary>Whether it is a guest's.</summary>
    internal bool IsGuest => GuestSince is not null || GuestAddress is not null;

    /// <summary>
    /// Why a moderator is to see it before it is published, a word or two in lower case such as <c>word-list</c>; null if nobody has said so.
    /// </summary>
    public string? HoldReason { get; private init; }

    /// <summary>
    /// The word that it is held for, as it stands in the list of words; null if it is not held for one. Moderators alone are told.
    /// </summary>
    public string? HoldWord { get; private init; }

    /// <summary>
    /// Why a review refuses it, a word or two in lower case such as <c>word-list</c>; null if none does. A repeat of an earlier post is
    /// answered as ever.
    /// </summary>
    public string? RefuseReason { get; private init; }

    /// <summary>Whether a moderator has decided to publish it: neither modes nor bans are asked.</summary>
    internal bool IsApproved { get; private init; }

    /// <summary>Whether it is for a log of the video's own, and longer than a comment may be.</summary>
    internal bool IsForOwnLog { get; private init; }

    /// <summary>The same draft, as an answer to a comment; null if it answers none.</summary>
    public CommentDraft InReplyTo(CommentId? comment) => new(this) { ReplyTo = comment };

    /// <summary>The same draft, as an announcement of a moderator; itself if nothing is known of its author.</summary>
    public CommentDraft AsAnnouncement() => Identity is { } author ? new(this) { Identity = author with { Announces = true } } : this;

    /// <summary>The same draft, of somebody who has been a guest since then, and writes from this address.</summary>
    public CommentDraft OfGuestAt(AuthorId? address, DateTimeOffset? since = null) =>
        new(this) { GuestAddress = address, GuestSince = since };

    /// <summary>The same draft, of somebody whose account exists since then; null if that is not known.</summary>
    public CommentDraft OfAccountSince(DateTimeOffset? since) => new(this) { AccountSince = since };

    /// <summary>The same draft, which a moderator is to see before it is published.</summary>
    public CommentDraft HoldFor(string reason, string? word = null) => new(this) { HoldReason = reason, HoldWord = word };

    /// <summary>The same draft, which a review refuses.</summary>
    public CommentDraft RefuseFor(string reason) => new(this) { RefuseReason = reason };

    /// <summary>The same draft with another message, trimmed; null if authors may not send that one.</summary>
    public CommentDraft? WithMessage(string? message)
    {
        message = message?.Trim();
        return Complaint(message, MaxMessageLength, lineFeeds: true) is null ? new(this) { Message = message! } : null;
    }

    /// <summary>The same draft, which a moderator has decided to publish.</summary>
    internal CommentDraft Approved() => new(this) { IsApproved = true };

    /// <summary>An entry of a log of a video's own, which is not checked as what authors send.</summary>
    internal static CommentDraft ForOwnLog(
        string author, string message, IdempotencyKey? key = null, AuthorIdentity? identity = null) =>
        new(author, message, key, identity) { IsForOwnLog = true };

    /// <summary>
    /// Checks what an author sent. On failure <paramref name="errors"/> holds, by field (<c>author</c>, <c>message</c>),
    /// a sentence that says what to do.
    /// </summary>
    public static bool TryCreate(
        string? author,
        string? message,
        IdempotencyKey? key,
        [NotNullWhen(true)] out CommentDraft? draft,
        out IReadOnlyDictionary<string, string[]> errors) => TryCreate(author, message, key, null, out draft, out errors);

    /// <summary>Checks what an author sent of whom <paramref name="identity"/> is known.</summary>
    public static bool TryCreate(
        string? author,
        string? message,
        IdempotencyKey? key,
        AuthorIdentity? identity,
        [NotNullWhen(true)] out CommentDraft? draft,
        out IReadOnlyDictionary<string, string[]> errors)
    {
        author = author?.Trim();
        message = message?.Trim();
        var found = new Dictionary<string, string[]>();
        if (Complaint(author, MaxAuthorLength, lineFeeds: false) is { } aboutAuthor) found["author"] = [aboutAuthor];
        if (Complaint(message, MaxMessageLength, lineFeeds: true) is { } aboutMessage) found["message"] = [aboutMessage];
        draft = found.Count == 0 ? new CommentDraft(author!, message!, key, identity) : null;
        errors = found;
        return draft is not null;
    }

    private static string? Complaint(string? text, int maxLength, bool lineFeeds)
    {
        if (string.IsNullOrEmpty(text)) return $"Send 1 to {maxLength} characters that are not white space.";
        var (length, visible, feeds, marks, mostMarks) = (0, false, 0, 0, 0);
        int consumed;
        for (var rest = text.AsSpan(); !rest.IsEmpty; rest = rest[consumed..])
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out consumed) != OperationStatus.Done)
                return "Send well-formed Unicode; this holds one half of a surrogate pair.";
            if (Rune.IsControl(rune) && !(lineFeeds && rune.Value == '\n'))
                return $"Remove the control character U+{rune.Value:X4}{(lineFeeds ? "; line feeds may stay" : "")}.";
            visible |= Visibility.CanBeSeen(rune);
            if (IsLineFeed(rune)) feeds++;
            // Between marks, what cannot be seen does not end the base that they stand on.
            if (TextParts.IsMark(rune)) mostMarks = Math.Max(mostMarks, ++marks);
            else if (Visibility.CanBeSeen(rune) || Rune.IsWhiteSpace(rune)) marks = 0;
            length++;
        }

        if (!visible) return "Send something that can be seen.";
        if (length > maxLength) return $"Shorten it to {maxLength} characters; it has {length}.";
        if (feeds > MaxLineFeeds) return $"Use at most {MaxLineFeeds} line feeds; it has {feeds}.";
        return mostMarks <= MaxMarks ? null : $"Put at most {MaxMarks} combining marks on one character; it has {mostMarks}.";
    }

    private static bool IsLineFeed(Rune rune) => rune.Value is '\n' or 0x2028 or 0x2029;
}
