using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveComments.HttpContract.Canary;

/// <summary>Texts that nothing else has, and since when each must be found nowhere.</summary>
public sealed partial class CanaryTexts(Random random)
{
    private readonly ConcurrentDictionary<string, long> _removed = [];
    private readonly ConcurrentQueue<string> _faults = [];
    private long _looks;

    /// <summary>For how long nobody may be shown a text, from the time in its comment's id on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many must be found nowhere.</summary>
    public int Removed => _removed.Count;

    /// <summary>How often one was found anywhere, whether it was removed or not.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>Where one was found that must be nowhere.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>A new text.</summary>
    public string Next()
    {
        lock (random) return $"canary-{random.NextInt64():x16}";
    }

    /// <summary>Takes note that the removal of a text was acknowledged just now.</summary>
    public void Remove(string text) => _removed.TryAdd(Text().Match(text).Value, Stopwatch.GetTimestamp());

    /// <summary>Looks at what cannot have been sent before <paramref name="begun"/>, a timestamp.</summary>
    public void Check(string body, long begun, TimeSpan bound, string where)
    {
        if (Delay > TimeSpan.Zero) CheckTime(body, where);
        foreach (Match match in Text().Matches(body))
        {
            Interlocked.Increment(ref _looks);
            if (!_removed.TryGetValue(match.Value, out var removed)) continue;
            var since = Stopwatch.GetElapsedTime(removed, begun);
            if (since > bound) _faults.Enqueue($"{match.Value} {where}, {since.TotalMilliseconds:N0} ms after its removal");
        }
    }

    /// <summary>Looks at all that a store has just now: what was removed is not there, and what was not is.</summary>
    public void CheckStore(IEnumerable<byte[]> store, string left, string where)
    {
        var (found, now) = (false, Stopwatch.GetTimestamp());
        foreach (var text in store.Select(Encoding.Latin1.GetString))
        {
            found |= text.Contains(left, StringComparison.Ordinal);
            Check(text, now, TimeSpan.Zero, where);
        }

        if (!found) _faults.Enqueue($"{left} is not {where}, and nobody has removed it");
    }

    /// <summary>The removed texts in what a store has, and where.</summary>
    public List<(string Text, int At)> FindRemoved(string store) =>
        [.. Text().Matches(store).Where(match => _removed.ContainsKey(match.Value)).Select(match => (match.Value, match.Index))];

    /// <summary>Takes note of a fault.</summary>
    public void Report(string fault) => _faults.Enqueue(fault);

    private void CheckTime(string body, string where)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (Match comment in CommentOfText().Matches(body))
        {
            // The upper bits of an id are its time.
            var shown = now - (long.Parse(comment.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >> 20);
            if (shown < Delay.TotalMilliseconds) _faults.Enqueue($"{comment.Groups[2]} {where}, {shown} ms after it was posted");
        }
    }

    [GeneratedRegex(@"""id"":""([0-9]+)""[^{}]*""message"":""(canary-[0-9a-f]{16})""")]
    private static partial Regex CommentOfText();

    [GeneratedRegex("canary-[0-9a-f]{16}")]
    private static partial Regex Text();
}
