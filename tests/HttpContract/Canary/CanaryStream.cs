using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace LiveComments.HttpContract.Canary;

/// <summary>A stream of which each line is looked at as it comes, also where the stream is an old one.</summary>
internal static class CanaryStream
{
    /// <summary>Opens one and gives its events for a while; none if it is refused.</summary>
    public static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        CanaryPlace place,
        string video,
        string? lastEventId,
        CanaryTexts texts,
        TimeSpan moments,
        [EnumeratorCancellation] CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        using var answer = await place.Client.OpenStreamAsync(video, lastEventId: lastEventId);
        if (!answer.IsSuccessStatusCode) yield break;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        // From here on: a node may take long before it lets somebody in.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(moments);
        var (id, type, data) = ("", "", "");
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var reading = reader.ReadLineAsync(enough.Token);
            // What is here already may have been for a while. What is waited for was sent after it was asked for.
            if (!reading.IsCompleted) since = asked;
            if (await reading is not { } line) yield break;
            texts.Check(line, since, place.BoundAt(since), $"in a stream at {place.Name}");
            if (line.Length == 0 && data.Length > 0)
            {
                yield return new(data, type) { EventId = id };
                (id, type, data) = ("", "", "");
            }

            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
        }
    }
}
