namespace LiveComments.Storage.Orleans;

/// <summary>
/// Erases comments of one video's log. Other nodes may have full segments in memory. So if any of the comments are in a full one, the log's
/// last segment gets another count of erasures once all are written: who reads the log reads that segment first. An erasure that ends
/// before is repeated by its caller.
/// </summary>
internal sealed class SegmentErasure(SegmentStorage segments, LiveVideoId video, CommentId removal)
{
    // A segment is written anew until no other writer was faster. The last one changes with each append, and who appends needs no read
    // before; but a video's owner erases and appends in turn, so that others rarely append meanwhile.
    private const int MostAttempts = 100;
    private const int MostSegmentsAtOnce = 16;

    private readonly SegmentedLog _log = new(segments, video);

    /// <summary>Erases those of the comments, whose ids rise, that the log has.</summary>
    /// <exception cref="CommentsUnavailableException">The storage failed, or others write all the time.</exception>
    public async Task RunAsync(IReadOnlyList<CommentId> comments)
    {
        if (await _log.ReadLastAsync().ConfigureAwait(false) is not { } last) return;
        var anyFull = false;
        for (var left = comments.Count; left > 0;)
        {
            // From the newest comment that is left as many segments back as there may be more of them in: most are close together.
            var newest = await _log.FindAsync(last, comments[left - 1].Above()).ConfigureAwait(false);
            var found = await _log.ReadBackAsync(newest).Take(Math.Min(left, MostSegmentsAtOnce)).ToListAsync().ConfigureAwait(false);
            var oldest = found[^1];
            var older = oldest.Number == 0 ? 0 : comments.Count(comment => comment < oldest.Content.First);
            var those = comments.Take(left).Skip(older).ToList();
            var wereFull = await Task.WhenAll(found.Select(segment => EraseInAsync(segment, those))).ConfigureAwait(false);
            anyFull |= wereFull.Contains(true);
            left = older;
        }

        if (anyFull) await CountAsync().ConfigureAwait(false);
    }

    /// <summary>Erases those that a segment has. Whether there are any and it is full.</summary>
    private async Task<bool> EraseInAsync(StoredSegment segment, List<CommentId> comments)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (number, content) = (segment.Number, segment.Content);
            if (content.Without(comments, removal) is not { } rest) return false;
            // Also where an erasure that ended too early has written it.
            if (ReferenceEquals(rest, content)) return content.Full;
            if (await segments.TryWriteAsync(video, number, rest, segment.ETag).ConfigureAwait(false) is { } written)
            {
                // One that was not full is in no memory, but as the last one seen, from which nobody reads.
                if (!rest.Full) segments.SetLastSeen(video, written);
                return rest.Full;
            }

            segment = await segments.ReadStoredAsync(video, number, erasures: 0).ConfigureAwait(false)
                ?? throw new CommentsUnavailableException($"Segment {number} of the log of {video} is missing.");
        }

        throw KeepsChanging();
    }

    /// <summary>
    /// Raises the count in the last segment; if that is full, in the next one: no append begins it without the count then.
    /// </summary>
    private async Task CountAsync()
    {
        int? before = null;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await _log.ReadLastAsync().ConfigureAwait(false) is not { } last) return;
            // Perhaps by ourselves: a write whose answer was lost and that was repeated. That of another erasure does as well.
            before ??= last.Content.Erasures;
            if (last.Content.Erasures > before) return;
            var (number, content, etag) = last.Following();
            var counted = content with { Erasures = content.Erasures + 1 };
            if (await segments.TryWriteAsync(video, number, counted, etag).ConfigureAwait(false) is not { } written) continue;
            segments.SetLastSeen(video, written);
            return;
        }

        throw KeepsChanging();
    }

    private CommentsUnavailableException KeepsChanging() => new($"The log of {video} is written by others all the time.");
}
