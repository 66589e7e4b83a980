using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LiveComments.HttpContract.Hostile;

/// <summary>Requests whose framing is sound and whose contents are not.</summary>
internal static class HostileRequests
{
    /// <summary>The live video that what is well-formed by chance is posted to.</summary>
    public const string Video = "hostile";

    private const string LoneSurrogate = """\ud800""";

    private static readonly Gen<string> Piece = Gen.Elements(
        "Hello", " ", "", "\u202e\u2066bidi", "\u200b\u200d\ufeff", "😀", "\ufffe", "<script>alert(1)</script>", "'; DROP TABLE comments; --",
        """\n""", """\r\n\r\nid: 7\ndata: forged\n\n""", """\u0000""", LoneSurrogate, """\udc00\ud800""", """\u2028\u2029\u0085""", """\x""",
        "\0", "\u001b[2J", new string('x', 600), new string('é', 5_000), "\"", "\\");

    private static readonly Gen<string> Text =
        from pieces in Piece.ListOf(3)
        select string.Concat(pieces);

    // What is let in, and would forge an event or run in a page if anything could.
    private static readonly Gen<string> Sly =
        from author in Gen.Elements("Ada", "id: 7", "data: forged", "<b onclick=x>", "\u05d0\u202b", "event:gap")
        from pieces in Gen.Elements(
            "Hello", """\nid: 7\ndata: forged\n\n""", """\n\nevent: gap\ndata: {}\n\n""", """\n:\nretry: 1\n""", "<script>alert(1)</script>", "😀",
            """\u2028data: forged\u2029""", "\u202e\u2066", """\"}\\""", "\u0085").ListOf(3)
        select $$"""{"author":"{{author}}","message":"x{{string.Concat(pieces)}}"}""";

    private static readonly Gen<string> Value = Gen.OneOf(
        from text in Text select $"\"{text}\"",
        Gen.Elements("null", "true", "-1", "1e999", "[]", "{}", "9999999999999999999999999999999999999999", "NaN", ""));

    private static readonly Gen<string> Json = Gen.Frequency(
        (8, Sly),
        (8, from author in Value
            from message in Value
            select $$"""{"author":{{author}},"message":{{message}}}"""),
        (1, from value in Value select $$"""{"author":"Ada","author":{{value}},"message":"twice","message":"again"}"""),
        (1, from value in Value select $$"""{"author":"Ada","message":"more","id":{{value}},"__proto__":{{value}}}"""),
        (1, from depth in Gen.Choose(1, 3_000) select new string('[', depth) + new string(']', depth)),
        (1, from depth in Gen.Choose(1, 900) select string.Concat(Enumerable.Repeat("""{"a":""", depth))),
        (1, Text));

    private static readonly Gen<byte[]> Body = Gen.Frequency(
        (9, Json.Select(Encoding.UTF8.GetBytes)),
        // Overlong forms, a surrogate in UTF-8, a byte that never occurs, and another encoding.
        (1, from broken in Gen.Elements<byte[]>([0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xFF], [0xF4, 0x90, 0x80, 0x80])
            select (byte[])[.. """{"author":"Ada","message":"a"""u8, .. broken, .. "\"}"u8]),
        (1, Json.Select(Encoding.Unicode.GetBytes)));

    private static readonly Gen<string> Segment = Gen.Frequency(
        (6, Gen.Constant(Video)),
        (4, Gen.Elements(
            "..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "a%0d%0aid:%207", "%e2%80%ae", "%c0%af", "%ff", "a%20b", "x;y", "%5c..%5c", "-",
            new string('v', 64), new string('v', 65), new string('v', 2_000), "comments%2fstream", "CON", "%3Cscript%3E")));

    private static readonly Gen<string> Number = Gen.Elements(
        "0", "1", "-1", "200", "201", "9223372036854775807", "9223372036854775808", "18446744073709551616", new string('9', 40), "007", "1e3", "+1",
        "0x10", "%20", "", "%00", "%0d%0a", "٣", "1.5", "1%2c2");

    private static readonly Gen<string> Header = Gen.OneOf(
        Gen.Constant(""),
        from key in Gen.Elements("", "k", new string('k', 64), new string('k', 65), "a b", "\t", "é", "\u007f", "\"quoted\"") select $"Idempotency-Key: {key}\r\n",
        from id in Number select $"Last-Event-ID: {id}\r\n",
        from origin in Text.Where(IsHeaderText) select $"Origin: {origin}\r\n",
        Gen.Elements(
            "X-Forwarded-For: 1.2.3.4, nonsense, ::1\r\n", "Accept: */*;q=9\r\n", "Cookie: a=b; a=b\r\n", "Content-Encoding: gzip\r\n",
            "Expect: 100-continue\r\n", "Range: bytes=0-0,9-1\r\n", "Upgrade: websocket\r\n", "X-HTTP-Method-Override: DELETE\r\n"));

    private static readonly Gen<byte[]> Post =
        from video in Segment
        from type in Gen.Frequency((8, Gen.Constant("application/json")), (1, Gen.Elements("text/plain", "application/json; charset=utf-16", "/", "")))
        from header in Header
        from body in Body
        select (byte[])[.. Head("POST", $"/comments/{video}", $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n{header}"), .. body];

    private static readonly Gen<byte[]> Read =
        from method in Gen.Frequency((8, Gen.Constant("GET")), (1, Gen.Elements("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")))
        from video in Segment
        from cursor in Number
        from limit in Number
        from header in Header
        select Head(method, $"/comments/{video}?cursor={Escape(cursor)}&limit={Escape(limit)}&limit=2", header);

    // With a wrong backlog, so that none of them is a stream that stays open.
    private static readonly Gen<byte[]> Stream =
        from video in Segment
        from after in Number
        from backlog in Gen.Elements("-1", "201", "x", new string('9', 40))
        from header in Header
        select Head("GET", $"/comments/{video}/stream?after={Escape(after)}&backlog={backlog}", header);

    /// <summary>Requests that each have one whole answer, and leave the connection to the next.</summary>
    public static Gen<byte[]> Any { get; } = Gen.Frequency((6, Post), (3, Read), (1, Stream));

    private static byte[] Head(string method, string target, string headers) =>
        Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    private static string Escape(string text) => text.Replace("٣", "%D9%A3", StringComparison.Ordinal);

    private static bool IsHeaderText(string text) => !text.Any(char.IsControl) && text.All(char.IsAscii);
}
