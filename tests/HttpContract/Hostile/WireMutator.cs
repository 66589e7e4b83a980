namespace LiveComments.HttpContract.Hostile;

/// <summary>Breaks requests at the level of bytes: flips, cuts, doubles and puts in what parsers stumble over.</summary>
internal sealed class WireMutator(Random random)
{
    private static readonly byte[][] Stumbles =
    [
        [.. "\r\n"u8], [.. "\n"u8], [.. "\r\n\r\n"u8], [.. "\0"u8], [.. ": "u8], [.. "Content-Length: 5\r\n"u8], [.. "Content-Length: -1\r\n"u8],
        [.. "Transfer-Encoding: chunked\r\n"u8], [.. "Transfer-Encoding: chunked, identity\r\n"u8], [.. "ffffffffffffffff\r\n"u8], [.. "Host: a\r\n"u8],
        [.. "%00"u8], [.. "/../"u8], [0xC0, 0x80], [0xFF], [.. " HTTP/0.9\r\n"u8], [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8], [0x16, 0x03, 0x01, 0x02, 0x00],
    ];

    /// <summary>The bytes with one to four faults.</summary>
    public byte[] Mutate(byte[] bytes)
    {
        for (var faults = random.Next(1, 5); faults > 0; faults--) bytes = MutateOnce(bytes);
        return bytes;
    }

    private byte[] MutateOnce(byte[] bytes)
    {
        var (from, to) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        if (from > to) (from, to) = (to, from);
        switch (random.Next(5))
        {
            case 0 when from < bytes.Length:
                var flipped = bytes.ToArray();
                flipped[from] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..from];
            case 2:
                return [.. bytes[..from], .. bytes[to..]];
            case 3:
                return [.. bytes[..to], .. bytes[from..]];
            default:
                return [.. bytes[..from], .. Stumbles[random.Next(Stumbles.Length)], .. bytes[from..]];
        }
    }
}
