using System.Runtime.CompilerServices;

namespace LiveComments.Storage.Orleans;

/// <summary>
/// Which videos have logs: grain storage finds a state by its key, but does not say which keys there are. It is a log itself, in parts, so
/// that those who begin videos at once rarely meet. A video may stand in it more than once, and before it has comments.
/// </summary>
internal sealed class VideoList(SegmentStorage segments, int segmentBytes)
{
    // Which part a video is in cannot change without losing sight of it.
    private const int Parts = 64;
    private const int MostAttempts = 100;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Parts).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Adds a video; completes when that is durable.</summary>
    /// <exception cref="CommentsUnavailableException">The storage failed, or others write all the time.</exception>
    public async Task AddAsync(LiveVideoId video)
    {
        var part = PartOf(video);
        await _turns[part].WaitAsync().ConfigureAwait(false);
        try
        {
            var list = LiveVideoId.OfVideos(part);
            var log = new SegmentedLog(segments, list);
            var last = segments.LastSeen(list) ?? await log.ReadLastAsync().ConfigureAwait(false);
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var id = new CommentId((last?.Content.Last ?? CommentId.None).Value + 1);
                LogEntry[] entry = [new(new(id, list, "", video.ToString()), null)];
                if (await log.TryAppendAsync(last, entry, segmentBytes).ConfigureAwait(false)) return;
                last = await log.ReadLastAsync().ConfigureAwait(false);
                if (last is not null && await log.HoldsAsync(last, entry).ConfigureAwait(false)) return;
            }
        }
        finally
        {
            _turns[part].Release();
        }

        throw new CommentsUnavailableException("The list of videos is written by others all the time.");
    }

    /// <summary>Reads all of them.</summary>
    /// <exception cref="CommentsUnavailableException">The storage failed.</exception>
    public async IAsyncEnumerable<LiveVideoId> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var part = 0; part < Parts; part++)
        {
            cancellation.ThrowIfCancellationRequested();
            var log = new SegmentedLog(segments, LiveVideoId.OfVideos(part));
            if (await log.ReadLastAsync().ConfigureAwait(false) is not { } last) continue;
            await foreach (var row in log.ReadRowsBackAsync(last, CommentId.Max).ConfigureAwait(false))
            {
                cancellation.ThrowIfCancellationRequested();
                if (row.Entry.Comment is { } entry) yield return LiveVideoId.Parse(entry.Message);
            }
        }
    }

    // FNV-1a: the same in every process and version.
    private static int PartOf(LiveVideoId video)
    {
        var hash = 2_166_136_261;
        foreach (var character in video.ToString()) hash = (hash ^ character) * 16_777_619;
        return (int)(hash % Parts);
    }
}
