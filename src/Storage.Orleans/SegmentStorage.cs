using Microsoft.Extensions.Caching.Memory;
using Orleans.Storage;

namespace LiveComments.Storage.Orleans;

/// <summary>
/// The segments of all logs in one grain storage provider, each a state of its own. Full ones never change and are kept in memory while
/// there is room, and so is the last one of each log as it was last seen.
/// </summary>
internal sealed class SegmentStorage(IGrainStorage storage, long cacheBytes) : IDisposable
{
    // The names under which segments are stored. They cannot be changed without losing sight of what is stored.
    private const string StateName = "segment";
    private const string GrainTypeName = "livecomments.log";

    // What a segment in memory takes beside its text, about.
    private const int CachedOverhead = 1_024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = cacheBytes });

    /// <summary>Reads a segment; null where there is none.</summary>
    public async Task<StoredSegment?> ReadAsync(LiveVideoId video, int number)
    {
        if (_cache.TryGetValue<StoredSegment>((video, number), out var full)) return full;
        var state = new GrainState<LogSegment>();
        try
        {
            await storage.ReadStateAsync(StateName, Id(video, number), state).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw new CommentsUnavailableException($"The log cannot be read: {exception.Message}", exception);
        }

        if (state is not { RecordExists: true, State: { } content, ETag: { } etag }) return null;
        var segment = new StoredSegment(number, content, etag);
        KeepIfFull(video, segment);
        return segment;
    }

    /// <summary>
    /// Writes a segment if it still has the version <paramref name="etag"/>, or where that is null, if there is none. Null where it is not so.
    /// </summary>
    public async Task<StoredSegment?> TryWriteAsync(LiveVideoId video, int number, LogSegment content, string? etag)
    {
        var state = new GrainState<LogSegment>(content, etag) { RecordExists = etag is not null };
        try
        {
            await storage.WriteStateAsync(StateName, Id(video, number), state).ConfigureAwait(false);
        }
        catch (InconsistentStateException)
        {
            return null;
        }
        catch (Exception exception)
        {
            throw new CommentsUnavailableException($"The log cannot be written: {exception.Message}", exception);
        }

        var segment = new StoredSegment(
            number, content, state.ETag ?? throw new CommentsUnavailableException("The grain storage gave no ETag: it cannot keep the log of comments."));
        KeepIfFull(video, segment);
        return segment;
    }

    /// <summary>The last segment of a log as it was last seen; null where that is not known. Others may have written since.</summary>
    public StoredSegment? LastSeen(LiveVideoId video) => _cache.Get<StoredSegment>(video);

    /// <summary>Keeps what the last segment of a log is.</summary>
    public void SetLastSeen(LiveVideoId video, StoredSegment segment) => Keep(video, segment);

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    // A full stop is in no video's id, nor in what providers take for a number or a GUID and would store as such, alike for "1a" and "1A".
    private static GrainId Id(LiveVideoId video, int number) => GrainId.Create(GrainTypeName, $"{video}.{number}");

    private void KeepIfFull(LiveVideoId video, StoredSegment segment)
    {
        if (segment.Content.Full) Keep((video, segment.Number), segment);
    }

    private void Keep(object key, StoredSegment segment) =>
        _cache.Set(key, segment, new MemoryCacheEntryOptions { Size = CachedOverhead + 2 * segment.Content.Bytes });
}
