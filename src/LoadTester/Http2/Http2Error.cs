using System.Buffers.Binary;
using System.Globalization;

namespace LiveComments.LoadTester.Http2;

/// <summary>The names of the error codes in RST_STREAM and GOAWAY (RFC 9113, 7).</summary>
internal static class Http2Error
{
    public const uint None = 0;

    private static readonly string[] Names =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    public static uint Read(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadUInt32BigEndian(payload);

    public static string Describe(uint code) =>
        code < Names.Length ? Names[code] : string.Create(CultureInfo.InvariantCulture, $"error {code}");
}
