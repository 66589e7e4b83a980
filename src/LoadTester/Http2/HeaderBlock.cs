using System.Buffers.Text;
using System.Text;

namespace LiveComments.LoadTester.Http2;

/// <summary>
/// As much of HPACK (RFC 7541) as a viewer needs: writes fields as literals, and finds the status in a block of a server that was told to
/// keep no dynamic table.
/// </summary>
internal static class HeaderBlock
{
    private const int StatusIndex = 8, StaticFields = 61;

    // The fields of the static table from StatusIndex on.
    private static ReadOnlySpan<short> KnownStatuses => [200, 204, 206, 304, 400, 404, 500];

    /// <summary>Appends a field that is whole in the static table.</summary>
    public static void AppendKnown(List<byte> block, int index) => AppendInteger(block, 0x80, 7, index);

    /// <summary>Appends a field whose name is in the static table.</summary>
    public static void Append(List<byte> block, int name, string value)
    {
        AppendInteger(block, 0, 4, name);
        AppendText(block, value);
    }

    /// <summary>Appends a field; its name must be in lower case.</summary>
    public static void Append(List<byte> block, string name, string value)
    {
        AppendInteger(block, 0, 4, 0);
        AppendText(block, name);
        AppendText(block, value);
    }

    /// <summary>Looks for the status. False if the block cannot be read.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="status">0 if there is none, as in trailers.</param>
    public static bool TryReadStatus(ReadOnlySpan<byte> block, out int status)
    {
        status = 0;
        while (!block.IsEmpty)
        {
            var first = block[0];
            if (first >= 0x80)
            {
                if (!TryReadInteger(ref block, 7, out var index) || index is < 1 or > StaticFields) return false;
                if (IsStatus(index)) status = KnownStatuses[index - StatusIndex];
            }
            else if ((first & 0xE0) == 0x20)
            {
                // The table that was asked for: none. Nobody needs a larger one.
                if (!TryReadInteger(ref block, 5, out var size) || size != 0) return false;
            }
            else
            {
                if (!TryReadInteger(ref block, first >= 0x40 ? 6 : 4, out var name) || name > StaticFields) return false;
                if (name == 0 && !TryReadText(ref block, out _, out _)) return false;
                if (!TryReadText(ref block, out var value, out var isHuffman)) return false;
                if (IsStatus(name) && (status = isHuffman ? ReadHuffmanDigits(value) : ReadDigits(value)) == 0) return false;
            }
        }

        return true;
    }

    private static bool IsStatus(int index) => index >= StatusIndex && index < StatusIndex + KnownStatuses.Length;

    private static int ReadDigits(ReadOnlySpan<byte> text) =>
        text.Length == 3 && Utf8Parser.TryParse(text, out int number, out var length) && length == 3 ? number : 0;

    /// <summary>Three digits in the code of RFC 7541, appendix B: five bits for 0, 1 and 2, six bits for the others.</summary>
    private static int ReadHuffmanDigits(ReadOnlySpan<byte> text)
    {
        const int firstLongCode = 0b011001;
        if (text.Length is < 2 or > 3) return 0;
        var bits = (uint)text[0] << 24 | (uint)text[1] << 16 | (text.Length > 2 ? (uint)text[2] << 8 : 0xFF00);
        var number = 0;
        for (var i = 0; i < 3; i++)
        {
            var isShort = bits >> 27 < 3;
            var digit = isShort ? bits >> 27 : 3 + (bits >> 26) - firstLongCode;
            if (digit > 9) return 0;
            number = number * 10 + (int)digit;
            bits <<= isShort ? 5 : 6;
        }

        return number;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> block, out ReadOnlySpan<byte> text, out bool isHuffman)
    {
        text = default;
        isHuffman = !block.IsEmpty && block[0] >= 0x80;
        if (!TryReadInteger(ref block, 7, out var length) || length > block.Length) return false;
        text = block[..length];
        block = block[length..];
        return true;
    }

    /// <summary>Reads a number whose first byte has so many bits for it.</summary>
    private static bool TryReadInteger(ref ReadOnlySpan<byte> block, int prefixBits, out int number)
    {
        number = 0;
        if (block.IsEmpty) return false;
        var most = (1 << prefixBits) - 1;
        number = block[0] & most;
        block = block[1..];
        if (number < most) return true;
        for (var shift = 0; shift <= 14 && !block.IsEmpty; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            number += (next & 0x7F) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    private static void AppendText(List<byte> block, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AppendInteger(block, 0, 7, bytes.Length);
        block.AddRange(bytes);
    }

    private static void AppendInteger(List<byte> block, byte kind, int prefixBits, int number)
    {
        var most = (1 << prefixBits) - 1;
        block.Add((byte)(kind | Math.Min(number, most)));
        if (number < most) return;
        for (number -= most; number >= 0x80; number >>= 7) block.Add((byte)(number & 0x7F | 0x80));
        block.Add((byte)number);
    }
}
