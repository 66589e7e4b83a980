using System.Globalization;
using System.Text.Json.Serialization;
using LiveComments.Client.Wire;

namespace LiveComments.Client;

/// <summary>
/// The 64-bit id of an entry in the log of a live video: of a comment, or of a removal. Within one video ids rise in the order of the log, so
/// they can be compared. It is also the place to go on from, and the cursor of a page.
/// </summary>
/// <param name="Value">The id as a number, at least 0; 0 is the place before every entry.</param>
[JsonConverter(typeof(CommentIdConverter))]
public readonly record struct CommentId(long Value) : IComparable<CommentId>
{
    /// <summary>Reads the decimal form; false for anything but digits, and beyond 63 bits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CommentId id)
    {
        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = new(value);
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(CommentId other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/> in the log.</summary>
    public static bool operator <(CommentId left, CommentId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/> in the log.</summary>
    public static bool operator >(CommentId left, CommentId right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/> in the log or is the same.</summary>
    public static bool operator <=(CommentId left, CommentId right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/> in the log or is the same.</summary>
    public static bool operator >=(CommentId left, CommentId right) => left.Value >= right.Value;

    /// <summary>The decimal form, as the server writes it.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
