using System.Text;

namespace LiveComments;

/// <summary>
/// A text as a browser reads an address in it: without what cannot be seen, and with the ASCII characters that full-width, mathematical and
/// circled ones stand for.
/// </summary>
internal static class LinkText
{
    /// <summary>Reads a text, in linear time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">Where to put it: as long as the text, for nothing becomes longer.</param>
    public static ReadOnlySpan<char> Read(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var (length, ideographicStop) = (0, -1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Visibility.CanBeSeen(rune) && !Rune.IsWhiteSpace(rune)) continue;
            var read = new Rune(AsciiOf(rune.Value));
            // Browsers take it for a full stop. In Chinese and Japanese it ends a sentence, and the next follows without a space.
            if (ideographicStop == length - 1 && length > 0 && read.IsAscii) buffer[ideographicStop] = '.';
            if (read.Value is 0x3002 or 0xFF61) ideographicStop = length;
            length += read.EncodeToUtf16(buffer[length..]);
        }

        return buffer[..length];
    }

    private static int AsciiOf(int value) => value switch
    {
        < 0x2024 => value,
        // One dot leader, small full stop.
        0x2024 or 0xFE52 => '.',
        >= 0x24B6 and <= 0x24CF => value - 0x24B6 + 'A',
        >= 0x24D0 and <= 0x24E9 => value - 0x24D0 + 'a',
        >= 0xFF01 and <= 0xFF5E => value - 0xFF01 + '!',
        // Thirteen alphabets, upper case and lower case.
        >= 0x1D400 and <= 0x1D6A3 when (value - 0x1D400) % 52 is var letter => letter < 26 ? 'A' + letter : 'a' + letter - 26,
        _ => value,
    };
}
