using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// A comment that waits for a moderator. In its log it is a comment whose message holds the text, why it is held, and the key that it was
/// posted under; its author is that of the text, so that it is found and erased with all else of the author.
/// </summary>
/// <param name="Entry">How it stands in its log: the id there, the author, the identity.</param>
/// <param name="Message">The text.</param>
/// <param name="Reason">Why it is held, a word or two in lower case.</param>
/// <param name="Key">The key that it was posted under; null if there was none.</param>
/// <param name="Word">The word of the list that it is held for; null if it is held for something else.</param>
/// <param name="ReplyTo">The comment that it answers; null if it answers none.</param>
internal sealed partial record HeldComment(
    Comment Entry, string Message, string Reason, IdempotencyKey? Key, string? Word, CommentId? ReplyTo)
{
    /// <summary>What is appended to hold a draft.</summary>
    public static CommentDraft Pack(CommentDraft draft, string reason)
    {
        var key = draft.Key?.Fingerprint.ToString("x32", CultureInfo.InvariantCulture);
        // It may be held for something else, such as a repeat.
        var word = reason == draft.HoldReason ? draft.HoldWord : null;
        var message = JsonSerializer.Serialize(new(draft.Message, reason, key, word, draft.ReplyTo?.ToString()), HeldJson.Default.Packed);
        return CommentDraft.ForOwnLog(draft.Author, message, draft.Key, draft.Identity);
    }

    /// <summary>Reads an entry of a log of held comments.</summary>
    public static HeldComment Of(Comment entry)
    {
        var packed = JsonSerializer.Deserialize(entry.Message, HeldJson.Default.Packed)!;
        IdempotencyKey? key = packed.Key is { } hex ? new(UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : null;
        return new(entry, packed.Message, packed.Reason, key, packed.Word, CommentId.TryParse(packed.ReplyTo, out var id) ? id : null);
    }

    /// <summary>Whether a draft to be held says what this says: it may be held for another reason by now.</summary>
    public bool Says(CommentDraft packed) =>
        Entry.Author == packed.Author
        && JsonSerializer.Deserialize(packed.Message, HeldJson.Default.Packed)! is var said
        && (Message, ReplyTo?.ToString()) == (said.Message, said.ReplyTo);

    /// <summary>What is posted to publish it.</summary>
    public CommentDraft ToDraft() =>
        CommentDraft.TryCreate(Entry.Author, Message, Key ?? OwnKey, Entry.Identity, out var draft, out _)
            ? draft.InReplyTo(ReplyTo).Approved()
            : throw new InvalidOperationException("A held comment was checked before it was held.");

    // By it the same one is known that is published again.
    private IdempotencyKey OwnKey =>
        IdempotencyKey.TryCreate($"held {Entry.Id}", Entry.Identity?.Id, out var key) ? key : throw new InvalidOperationException("no key");

    /// <summary>What its message is in its log. Those of earlier versions have no word, and answer nothing.</summary>
    internal sealed record Packed(string Message, string Reason, string? Key, string? Word = null, string? ReplyTo = null);

    [JsonSerializable(typeof(Packed))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class HeldJson : JsonSerializerContext;
}
