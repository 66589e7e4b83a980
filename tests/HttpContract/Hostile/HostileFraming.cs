using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LiveComments.HttpContract.Hostile;

/// <summary>Posts whose framing parsers disagree on (RFC 9112, sections 6 and 7): two lengths, odd ones, odd chunks, trailers.</summary>
internal static class HostileFraming
{
    private const string Json = """{"author":"Ada","message":"framed"}""";

    private static readonly Gen<string> LineEnd = Gen.Frequency((12, Gen.Constant("\r\n")), (1, Gen.Elements("\n", "\r", "\r\r\n", "", "\n\r", "\0\r\n")));

    private static readonly Gen<string> Length = Gen.Elements(
        $"{Json.Length}", $"0{Json.Length}", $"+{Json.Length}", $"-{Json.Length}", "-1", "0", "1", $"{Json.Length}, {Json.Length}", $"{Json.Length};", "0x23", "",
        " ", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", new string('9', 60), "1e1", "٣", "35 0");

    private static readonly Gen<string> Coding = Gen.Frequency(
        (8, Gen.Constant("Transfer-Encoding: chunked\r\n")),
        (2, Gen.Elements(
            "Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: identity\r\n", "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding:\tCHUNKED \r\n",
            "Transfer-Encoding : chunked\r\n", "Transfer-Encoding: \r\n chunked\r\n", "Transfer-Encoding: \"chunked\"\r\n", "transfer-encoding:chunked\r\n",
            "Transfer-Encoding: chunked;q=1\r\n", "Transfer-Encoding:\r\n")));

    private static readonly Gen<string> Size = Gen.Frequency(
        (10, Gen.Constant($"{Json.Length:x}")),
        (6, Gen.Elements(
            $"{Json.Length:X}", $"000000000000{Json.Length:x}", $"{Json.Length:x};name=value", $"{Json.Length:x};name=\"a;b\"", $"{Json.Length:x} ;n", $"{Json.Length:x};",
            $"{Json.Length:x};{new string('x', 9_000)}", $"+{Json.Length:x}", $"-{Json.Length:x}", $"0x{Json.Length:x}", $" {Json.Length:x}", $"{Json.Length:x}\t", "22", "24",
            "0", "-1", "-0", "7fffffff", "80000000", "ffffffff", "100000000", "7fffffffffffffff", "ffffffffffffffff", "10000000000000000", new string('f', 100),
            "", "g", "2 3", "٣")));

    private static readonly Gen<string> Chunk =
        from size in Size
        from first in LineEnd
        from data in Gen.Frequency((8, Gen.Constant(Json)), (1, Gen.Elements("", "{", $"{Json}{Json}", "0\r\n\r\n", "\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")))
        from second in LineEnd
        select size + first + data + second;

    private static readonly Gen<string> Trailer = Gen.Frequency(
        (4, Gen.Constant("")),
        (2, Gen.Elements(
            "X: y\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n", "Idempotency-Key: trailer\r\n", ": y\r\n", "X y\r\n", "X: \0\r\n",
            $"X: {new string('x', 40_000)}\r\n", string.Concat(Enumerable.Repeat("X: y\r\n", 200)), "X: y")));

    private static readonly Gen<string> Chunked =
        from chunks in Gen.Frequency((6, Chunk), (2, from one in Chunk from other in Chunk select one + other))
        from last in Gen.Frequency((8, Gen.Constant("0")), (1, Gen.Elements("00000000000000000000", "0;x", "-0", "+0", "", "00x")))
        from end in LineEnd
        from trailer in Trailer
        from finish in LineEnd
        select chunks + last + end + trailer + finish;

    private static readonly Gen<string> Post = Gen.Frequency(
        // Chunks alone.
        (5, from coding in Coding from body in Chunked select Head(coding) + body),
        // Both lengths, in either order.
        (3, from coding in Coding
            from length in Length
            from codingFirst in Gen.Elements(true, false)
            from body in Gen.Frequency((2, Chunked), (1, Gen.Constant(Json)))
            select Head(codingFirst ? $"{coding}Content-Length: {length}\r\n" : $"Content-Length: {length}\r\n{coding}") + body),
        // One length, or two that may differ.
        (2, from length in Length select Head($"Content-Length: {length}\r\n") + Json),
        (1, from one in Length from other in Length select Head($"Content-Length: {one}\r\nContent-Length: {other}\r\n") + Json));

    /// <summary>Posts, each with another request behind it that may be taken for a part of its body.</summary>
    public static Gen<byte[]> Any { get; } =
        from post in Post
        from behind in Gen.Elements("", "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        select Encoding.UTF8.GetBytes(post + behind);

    private static string Head(string framing) =>
        $"POST /comments/{HostileRequests.Video} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}\r\n";
}
