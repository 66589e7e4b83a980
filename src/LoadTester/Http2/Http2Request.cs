using System.Buffers.Binary;

namespace LiveComments.LoadTester.Http2;

/// <summary>All that a viewer sends at the start of its connection: the preface, its settings, and the request on stream 1.</summary>
internal static class Http2Request
{
    /// <summary>The stream of the request.</summary>
    public const int Stream = 1;

    /// <summary>Bytes that the server may send ahead, on the stream and on the connection. Chromium lets a stream have as many.</summary>
    public const int Window = 6 * 1024 * 1024;

    private const int InitialWindow = 65_535;
    private const int AuthorityIndex = 1, GetIndex = 2, PathIndex = 4, HttpIndex = 6, HttpsIndex = 7;
    private const ushort HeaderTableSize = 1, EnablePush = 2, InitialWindowSize = 4;

    /// <summary>Writes a GET.</summary>
    /// <param name="isTls">Whether its scheme is https.</param>
    /// <param name="authority">The host, and the port if it is not the usual one.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="fields">Names, in any case, and values.</param>
    /// <exception cref="LoadTestException">The fields are too long for one frame.</exception>
    public static byte[] Write(bool isTls, string authority, string path, IEnumerable<(string Name, string Value)> fields)
    {
        var block = new List<byte>();
        HeaderBlock.AppendKnown(block, GetIndex);
        HeaderBlock.AppendKnown(block, isTls ? HttpsIndex : HttpIndex);
        HeaderBlock.Append(block, AuthorityIndex, authority);
        HeaderBlock.Append(block, PathIndex, path);
        foreach (var (name, value) in fields)
        {
            // HTTP/2 knows no upper case in names.
            HeaderBlock.Append(block, name.ToLowerInvariant(), value);
        }

        if (block.Count > Frame.MaxLength) throw new LoadTestException("--stream-header: the header fields are longer than 16 KiB.");

        byte[] settings = [.. Setting(HeaderTableSize, 0), .. Setting(EnablePush, 0), .. Setting(InitialWindowSize, Window)];
        return
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Frame.Write(FrameType.Settings, 0, 0, settings),
            .. Frame.WindowUpdate(0, Window - InitialWindow),
            .. Frame.Write(FrameType.Headers, Frame.EndStream | Frame.EndHeaders, Stream, block.ToArray()),
        ];
    }

    private static byte[] Setting(ushort name, int value)
    {
        var bytes = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, name);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), value);
        return bytes;
    }
}
