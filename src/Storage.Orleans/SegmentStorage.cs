using Microsoft.Extensions.Caching.Memory;
using Orleans.Storage;

namespace LiveComments.Storage.Orleans;

/// <summary>
/// The segments of all logs in one grain storage provider, each a state of its own. Full ones are kept in memory while there is room, and
/// so is the last one of each log as it was last seen. Other nodes may have erased comments in them since.
/// </summary>
internal sealed class SegmentStorage(IGrainStorage storage, long cacheBytes) : IDisposable
{
    // The names under which segments are stored. They cannot be changed without losing sight of what is stored.
    private const string StateName = "segment";
    private const string GrainTypeName = "livecomments.log";

    // What a segment in memory takes beside its text, about.
    private const int CachedOverhead = 1_024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = cacheBytes });

    /// <summary>
    /// Reads a segment, a full one from memory if it is there with all that was erased up to the count <paramref name="erasures"/>; null if
    /// it does not exist.
    /// </summary>
    public async Task<StoredSegment?> ReadAsync(LiveVideoId video, int number, int erasures) =>
        _cache.TryGetValue<StoredSegment>((video, number), out var full) && full!.Erasures >= erasures
            ? full
            : await ReadStoredAsync(video, number, erasures).ConfigureAwait(false);

    /// <summary>
    /// Reads a segment as it is stored, which is after the log's end had the count <paramref name="erasures"/>; null if it does not exist.
    /// </summary>
    public async Task<StoredSegment?> ReadStoredAsync(LiveVideoId video, int number, int erasures)
    {
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
        // A count in a segment was the log's before the segment was read, too.
        var segment = new StoredSegment(number, content, etag, Math.Max(erasures, content.Erasures));
        KeepIfFull(video, segment);
        return segment;
    }

    /// <summary>
    /// Writes a segment if it still has the version <paramref name="etag"/>, or where that is null, if there is none. Null if it is not
    /// so.
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
            number,
            content,
            state.ETag ?? throw new CommentsUnavailableException(
                "The grain storage returned no ETag, so it cannot hold the log. Use another provider."),
            content.Erasures);
        KeepIfFull(video, segment);
        return segment;
    }

    /// <summary>The last segment of a log as it was last seen; null if that is not known. Others may have written since.</summary>
    public StoredSegment? LastSeen(LiveVideoId video) => _cache.Get<StoredSegment>(video);

    /// <summary>Keeps what the last segment of a log is.</summary>
    public void SetLastSeen(LiveVideoId video, StoredSegment segment) => Keep(video, segment);

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    // The "." keeps keys from looking like numbers or GUIDs, which some providers normalise: "1a" and "1A" would be one key.
    private static GrainId Id(LiveVideoId video, int number) => GrainId.Create(GrainTypeName, $"{video}.{number}");

    private void KeepIfFull(LiveVideoId video, StoredSegment segment)
    {
        if (segment.Content.Full) Keep((video, segment.Number), segment);
    }

    private void Keep(object key, StoredSegment segment) =>
        _cache.Set(key, segment, new MemoryCacheEntryOptions { Size = CachedOverhead + 2 * segment.Content.Bytes });
}
