using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LiveComments;

/// <summary>
/// What a text is known by, so that a repeat is found: its letters as they look, each once where it stands in a row, and its digits. Case,
/// spaces, punctuation, emoji and accents make no difference.
/// </summary>
/// <param name="Author">Who has posted it; null of a long text, which is the same whoever posts it.</param>
/// <param name="Hash">A hash of the text; of a long one without its digits, so that spam is not new for a number in it.</param>
internal readonly record struct PostedText(AuthorId? Author, UInt128 Hash)
{
    /// <summary>So many letters make a text long: no two people write it by chance.</summary>
    public const int Long = 20;

    private static readonly FrozenDictionary<int, string> LookAlike = LookAlikes.Forms.ToFrozenDictionary(
        pair => pair.Rune, pair => string.Concat(pair.Form.EnumerateRunes().Where(Counts)).Replace('i', 'l'));

    private static readonly string[] Ascii =
        [.. Enumerable.Range(0, 128).Select(value => FormOf(new Rune(value), new char[2]).ToString())];

    /// <summary>What a text of an author is known by, in linear time.</summary>
    public static PostedText Of(AuthorId author, string message)
    {
        var (letters, all) = (new Looks(message.Length), new Looks(message.Length));
        var count = 0;
        Span<char> own = stackalloc char[2];
        foreach (var rune in message.EnumerateRunes())
        {
            var form = rune.IsAscii ? Ascii[rune.Value] : FormOf(rune, own);
            if (form.IsEmpty) continue;
            var isNumber = Rune.IsDigit(rune) || TextParts.IsOtherNumber(rune);
            all.Append(form, evenIfLast: isNumber);
            if (!isNumber && letters.Append(form)) count++;
        }

        if (count >= Long) return new(null, HashOf(letters.ToString()));
        // Emoji alone, for example.
        return new(author, HashOf(all.IsEmpty ? message.Trim().ToUpperInvariant() : all.ToString()));
    }

    /// <summary>What a character looks like; empty if it makes no difference.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="own">Where to put one that looks like itself: two places.</param>
    private static ReadOnlySpan<char> FormOf(Rune rune, Span<char> own)
    {
        if (TextParts.Of(rune) is not (TextPart.OfWord or TextPart.Symbol)) return [];
        var folded = LookAlikes.Fold(rune);
        // What looks like a sign alone is a letter nevertheless.
        if (LookAlike.TryGetValue(folded.Value, out var form) && form.Length > 0) return form;
        // A capital I is drawn as an l.
        if (folded.Value == 'i') return "l";
        return Counts(folded) ? own[..folded.EncodeToUtf16(own)] : [];
    }

    private static bool Counts(Rune rune) => Rune.IsLetterOrDigit(rune) || (TextParts.IsMark(rune) && !IsAccent(rune));

    // The blocks of combining diacritical marks, which are put on any letter. Other marks are vowels.
    private static bool IsAccent(Rune rune) =>
        rune.Value is (>= 0x300 and <= 0x36F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF)
            or (>= 0xFE20 and <= 0xFE2F);

    private static UInt128 HashOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>What some characters look like.</summary>
    private struct Looks(int capacity)
    {
        private readonly StringBuilder _text = new(capacity);
        private int _last;

        public readonly bool IsEmpty => _text.Length == 0;

        /// <summary>Adds a character; false if it is the same as the one before, which counts once.</summary>
        public bool Append(ReadOnlySpan<char> form, bool evenIfLast = false)
        {
            if (!evenIfLast && IsLast(form)) return false;
            _last = _text.Length;
            _text.Append(form);
            return true;
        }

        public override readonly string ToString() => _text.ToString();

        private readonly bool IsLast(ReadOnlySpan<char> form)
        {
            if (_text.Length - _last != form.Length) return false;
            for (var i = 0; i < form.Length; i++)
                if (_text[_last + i] != form[i]) return false;
            return true;
        }
    }
}
