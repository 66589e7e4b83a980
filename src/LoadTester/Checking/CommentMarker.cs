using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LiveComments.LoadTester.Checking;

/// <summary>
/// What a posted comment says about itself: <c>lt{run}:{video}:{sequence}:{due}.</c>. The run keeps comments of other
/// runs apart; the sequence counts from 0 in each video; due is the nanosecond of the monotonic clock at which it was
/// to be posted. No encoder of JSON or of forms
/// escapes any of its characters, so it is found without parsing.
/// </summary>
internal readonly record struct CommentMarker(int Video, int Sequence, long Due)
{
    /// <summary>The longest marker, in characters.</summary>
    public const int MaxLength = 2 + RunLength + 3 + 10 + 10 + 19 + 1;

    private const int RunLength = 8;

    /// <summary>The start of every marker of one run.</summary>
    public static byte[] Prefix(string run) => Encoding.ASCII.GetBytes($"lt{run}:");

    /// <summary>A name for a run that no other has.</summary>
    public static string NewRun() => Guid.NewGuid().ToString("N")[..RunLength];

    public string ToText(ReadOnlySpan<byte> prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(prefix)}{Video}:{Sequence}:{Due}.");

    /// <summary>Takes from <paramref name="data"/> all up to the end of the first marker of this run.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> data, ReadOnlySpan<byte> prefix, out CommentMarker marker)
    {
        marker = default;
        var start = data.IndexOf(prefix);
        if (start < 0) return false;
        data = data[(start + prefix.Length)..];
        if (!TryTake(ref data, ':', out var video) || !TryTake(ref data, ':', out var sequence)
            || !TryTake(ref data, '.', out var due))
        {
            return false;
        }

        marker = new((int)video, (int)sequence, due);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> data, char end, out long number)
    {
        if (!Utf8Parser.TryParse(data, out number, out var length) || length == data.Length || data[length] != end) return false;
        data = data[(length + 1)..];
        return true;
    }
}
