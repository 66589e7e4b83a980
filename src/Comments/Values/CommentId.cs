using System.Globalization;

namespace LiveComments;

/// <summary>
/// The 64-bit id of a comment. Within one live video ids rise in the order of the log, and each carries its time: the
/// upper 43 bits are milliseconds since the Unix epoch (enough until the year 2248), the lower 20 a counter.
/// It is the sort key of the log, the cursor of a page and the <c>id</c> of a Server-Sent Event.
/// </summary>
/// <param name="Value">The id as a number; 0 is <see cref="None"/>.</param>
public readonly record struct CommentId(long Value) : IComparable<CommentId>
{
    private const int CounterBits = 20;

    /// <summary>The place before every comment; no comment has it.</summary>
    public static CommentId None => default;

    /// <summary>The place after every comment.</summary>
    public static CommentId Max => new(long.MaxValue);

    /// <summary>The time in this id, in UTC, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(Value >> CounterBits);

    /// <summary>The lowest id that carries <paramref name="time"/>, or the nearest time from 1970 to 2248 that an id can carry.</summary>
    public static CommentId At(DateTimeOffset time) =>
        new(Math.Clamp(time.ToUnixTimeMilliseconds(), 0, long.MaxValue >> CounterBits) << CounterBits);

    /// <summary>
    /// The id that follows this one at the time <paramref name="now"/>. It is always greater, even if the clock has
    /// stepped back: then it keeps the time of this one and counts on.
    /// </summary>
    public CommentId Next(DateTimeOffset now) => new(Math.Max(At(now).Value, Value + 1));

    /// <summary>The next greater value, as an exclusive upper bound that includes this id.</summary>
    public CommentId Successor => new(Value + 1);

    /// <summary>Reads the decimal form; false for anything but digits, and beyond 64 bits.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, out CommentId id)
    {
        var valid = long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = new CommentId(value);
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

    /// <summary>The decimal form, as it stands on the wire.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
