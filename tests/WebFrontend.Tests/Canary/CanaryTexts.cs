using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveComments.WebFrontend.Tests.Canary;

/// <summary>Texts that nothing else has, and since when each must be found nowhere.</summary>
internal sealed partial class CanaryTexts(Random random)
{
    private readonly ConcurrentDictionary<string, long> _removed = [];
    private readonly ConcurrentQueue<string> _faults = [];

    /// <summary>How many must be found nowhere.</summary>
    public int Removed => _removed.Count;

    /// <summary>Where one was found that must be nowhere.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>A new text.</summary>
    public string Next()
    {
        lock (random) return $"canary-{random.NextInt64():x16}";
    }

    /// <summary>Takes note that the removal of a text was acknowledged just now.</summary>
    public void Remove(string text) => _removed.TryAdd(Text().Match(text).Value, Stopwatch.GetTimestamp());

    /// <summary>Looks at what came of something that was asked for at <paramref name="begun"/>.</summary>
    public void Check(string body, long begun, TimeSpan bound, string where)
    {
        foreach (Match match in Text().Matches(body))
        {
            if (_removed.TryGetValue(match.Value, out var removed) && Stopwatch.GetElapsedTime(removed, begun) > bound)
                _faults.Enqueue($"{match.Value} {where}, {Stopwatch.GetElapsedTime(removed, begun).TotalMilliseconds:N0} ms after its removal");
        }
    }

    [GeneratedRegex("canary-[0-9a-f]{16}")]
    private static partial Regex Text();
}
