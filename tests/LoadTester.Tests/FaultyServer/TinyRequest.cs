using System.Text;
using System.Text.RegularExpressions;

namespace LiveComments.LoadTester.Tests.FaultyServer;

internal sealed partial record TinyRequest(string Text, string Method, string Video, long Comment, int Backlog, string Body)
{
    /// <summary>Reads one request; null if the connection ends before it.</summary>
    public static async Task<TinyRequest?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var all = text.ToString();
            if (all.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var headEnd and >= 0)
            {
                var length = ContentLength().Match(all) is { Success: true } match ? int.Parse(match.Groups[1].Value) : 0;
                if (all.Length >= headEnd + 4 + length)
                {
                    var target = Target().Match(all);
                    return new TinyRequest(
                        all, all[..all.IndexOf(' ', StringComparison.Ordinal)], target.Groups[1].Value, Number(target.Groups[2]),
                        (int)Number(target.Groups[3]), all.Substring(headEnd + 4, length));
                }
            }

            var read = await stream.ReadAsync(buffer, stop);
            if (read == 0) return null;
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
    }

    private static long Number(Group digits) => digits.Success ? long.Parse(digits.Value) : 0;

    [GeneratedRegex(@"Content-Length: (\d+)")]
    private static partial Regex ContentLength();

    [GeneratedRegex(@"/(?:comments|pub|sub)/([\w-]+)(?:/(\d+))?(?:/stream\?backlog=(\d+))? HTTP/1\.1")]
    private static partial Regex Target();
}
