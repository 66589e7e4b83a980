using System.Buffers;
using System.Diagnostics.CodeAnalysis;
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
        var length = 0;
        int consumed;
        for (var rest = text.AsSpan(); !rest.IsEmpty; rest = rest[consumed..])
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out consumed) != OperationStatus.Done)
                return "Send well-formed Unicode; this holds one half of a surrogate pair.";
            if (Rune.IsControl(rune) && !(lineFeeds && rune.Value == '\n'))
                return $"Remove the control character U+{rune.Value:X4}{(lineFeeds ? "; line feeds may stay" : "")}.";
            length++;
        }

        return length <= maxLength ? null : $"Shorten it to {maxLength} characters; it has {length}.";
    }
}
