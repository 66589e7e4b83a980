using System.Globalization;
using System.Text;

namespace LiveComments;

/// <summary>What a character is to a text whose looks are compared.</summary>
internal enum TextPart
{
    /// <summary>It cannot be seen.</summary>
    Nothing,

    /// <summary>Space or punctuation.</summary>
    Separator,

    /// <summary>A letter, a digit, another number or a mark on one: part of a word.</summary>
    OfWord,

    /// <summary>A symbol that stands for itself, such as an emoji. Some look like letters.</summary>
    Symbol,
}

/// <summary>Finds out what characters are.</summary>
internal static class TextParts
{
    /// <summary>What a character is.</summary>
    public static TextPart Of(Rune rune)
    {
        if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value)) return TextPart.OfWord;
        if (!Visibility.CanBeSeen(rune) && !Rune.IsWhiteSpace(rune)) return TextPart.Nothing;
        if (Rune.IsLetterOrDigit(rune) || IsMark(rune) || IsOtherNumber(rune)) return TextPart.OfWord;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol ? TextPart.Symbol : TextPart.Separator;
    }

    /// <summary>Whether it is a mark on another character.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether it is a number, but no digit, as a circled or a Roman one.</summary>
    public static bool IsOtherNumber(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
