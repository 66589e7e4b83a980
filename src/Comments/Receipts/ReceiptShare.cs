using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// How many viewers of a part of the site had been sent what a removal takes back, and how many of them were told of it. The shares of two
/// parts add up.
/// </summary>
public sealed record ReceiptShare
{
    /// <summary>The most viewers, and the most edges, that a share may count.</summary>
    public const long Most = 100_000_000;

    private const double Half = 0.5;
    private const double NearlyAll = 0.99;

    /// <summary>Nobody.</summary>
    public static ReceiptShare None { get; } = new();

    /// <summary>How many connected viewers had been sent one of the comments at least; edges are none.</summary>
    public long WereSent { get; init; }

    /// <summary>How many of those were told.</summary>
    public long Told { get; init; }

    /// <summary>How many of those have left before they were told.</summary>
    public long Left { get; init; }

    /// <summary>How many edges followed the video.</summary>
    public long Relays { get; init; }

    /// <summary>How many of those have reported their own viewers, who are counted here then.</summary>
    public long RelaysReported { get; init; }

    /// <summary>
    /// How long it took until those were told who were: pairs of a place in a histogram, rising, and how many were told then.
    /// </summary>
    public IReadOnlyList<long> Times { get; init; } = [];

    /// <summary>Whether nobody is left who was not told, and no edge that has not reported.</summary>
    [JsonIgnore]
    public bool IsComplete => WereSent == Told + Left && Relays == RelaysReported;

    /// <summary>Whether nobody is counted, nor any edge.</summary>
    internal bool IsNone => WereSent == 0 && Relays == 0;

    /// <summary>Whether its numbers can be true; who gets it from elsewhere looks first.</summary>
    internal bool IsValid =>
        WereSent is >= 0 and <= Most && Told >= 0 && Left >= 0 && Told <= WereSent && Left <= WereSent - Told
        && Relays is >= 0 and <= Most && RelaysReported >= 0 && RelaysReported <= Relays
        && AreTimes(Times, WereSent);

    /// <summary>The milliseconds within which half of those were told who were; null if nobody was.</summary>
    internal int? MedianMs => Within(Half);

    /// <summary>The milliseconds within which 99 of 100 were told; null if nobody was.</summary>
    internal int? NearlyAllMs => Within(NearlyAll);

    /// <summary>The viewers and edges of both.</summary>
    public static ReceiptShare operator +(ReceiptShare left, ReceiptShare right)
    {
        if (left.IsNone) return right;
        if (right.IsNone) return left;
        var times = new ReceiptTimes();
        times.Add(left.Times);
        times.Add(right.Times);
        return new()
        {
            WereSent = left.WereSent + right.WereSent,
            Told = left.Told + right.Told,
            Left = left.Left + right.Left,
            Relays = left.Relays + right.Relays,
            RelaysReported = left.RelaysReported + right.RelaysReported,
            Times = times.ToPairs(),
        };
    }

    private static bool AreTimes(IReadOnlyList<long>? times, long most)
    {
        if (times is null || times.Count % 2 != 0 || times.Count > 2 * ReceiptTimes.Length) return false;
        var (last, rest) = (-1L, most);
        for (var i = 0; i < times.Count; i += 2)
        {
            var (place, count) = (times[i], times[i + 1]);
            if (place <= last || place >= ReceiptTimes.Length || count < 1 || count > rest) return false;
            (last, rest) = (place, rest - count);
        }

        return true;
    }

    private int? Within(double share)
    {
        var times = new ReceiptTimes();
        times.Add(Times);
        return times.Within(share);
    }
}
