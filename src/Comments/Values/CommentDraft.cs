using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace LiveComments;

/// <summary>What an author wants to say, checked but not yet in any log.</summary>
public sealed class CommentDraft
{
    /// <summary>The longest author, in Unicode scalar values after trimming.</summary>
    public const int MaxAuthorLength = 50;

    /// <summary>The longest message, in Unicode scalar values after trimming.</summary>
    public const int MaxMessageLength = 500;

    private CommentDraft(string author, string message, IdempotencyKey? key) =>
        (Author, Message, Key) = (author, message, key);

    /// <summary>Who writes, trimmed.</summary>
    public string Author { get; }

    /// <summary>The text, trimmed; line feeds are its only control characters.</summary>
    public string Message { get; }

    /// <summary>The author's name for this very post, where there is one.</summary>
    public IdempotencyKey? Key { get; }

    /// <summary>
    /// Checks what an author sent. On failure <paramref name="errors"/> holds, by field (<c>author</c>, <c>message</c>),
    /// a sentence that says what to do.
    /// </summary>
    public static bool TryCreate(
        string? author,
        string? message,
        IdempotencyKey? key,
        [NotNullWhen(true)] out CommentDraft? draft,
        out IReadOnlyDictionary<string, string[]> errors)
    {
        author = author?.Trim();
        message = message?.Trim();
        var found = new Dictionary<string, string[]>();
        if (Complaint(author, MaxAuthorLength, lineFeeds: false) is { } aboutAuthor) found["author"] = [aboutAuthor];
        if (Complaint(message, MaxMessageLength, lineFeeds: true) is { } aboutMessage) found["message"] = [aboutMessage];
        draft = found.Count == 0 ? new CommentDraft(author!, message!, key) : null;
        errors = found;
        return draft is not null;
    }

    private static string? Complaint(string? text, int maxLength, bool lineFeeds)
    {
        if (string.IsNullOrEmpty(text)) return $"Send 1 to {maxLength} characters that are not white space.";
        var (length, visible) = (0, false);
        int consumed;
        for (var rest = text.AsSpan(); !rest.IsEmpty; rest = rest[consumed..])
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out consumed) != OperationStatus.Done)
                return "Send well-formed Unicode; this holds one half of a surrogate pair.";
            if (Rune.IsControl(rune) && !(lineFeeds && rune.Value == '\n'))
                return $"Remove the control character U+{rune.Value:X4}{(lineFeeds ? "; line feeds may stay" : "")}.";
            visible |= IsVisible(rune);
            length++;
        }

        if (!visible) return "Send something that can be seen.";
        return length <= maxLength ? null : $"Shorten it to {maxLength} characters; it has {length}.";
    }

    /// <summary>Whether it is more than space, zero width, direction or filler (what Unicode calls default ignorable, and the empty Braille cell).</summary>
    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format
        && rune.Value is not (0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or 0x17B4 or 0x17B5)
        // The selectors of variants.
        && rune.Value is not ((>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF));
}
