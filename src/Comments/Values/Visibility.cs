using System.Globalization;
using System.Text;

namespace LiveComments;

/// <summary>Which characters can be seen.</summary>
internal static class Visibility
{
    // Default_Ignorable_Code_Point of Unicode 17 (DerivedCoreProperties.txt), code points that are not assigned yet included. .NET has no
    // such property.
    private static readonly (int First, int Last)[] DefaultIgnorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
        (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether it is more than space, zero width, direction or filler.</summary>
    public static bool CanBeSeen(Rune rune) =>
        // Most text.
        (rune.Value is > ' ' and < 0x7F)
        || (!Rune.IsWhiteSpace(rune)
            && !IsDefaultIgnorable(rune.Value)
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control)
            // The empty Braille cell and the null note head are drawn as nothing.
            && rune.Value is not (0x2800 or 0x1D159));

    private static bool IsDefaultIgnorable(int value)
    {
        if (value < DefaultIgnorable[0].First) return false;
        foreach (var (first, last) in DefaultIgnorable)
            if (value <= last) return value >= first;
        return false;
    }
}
