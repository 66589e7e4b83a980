namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// Appends batches to a ring in the order of the log. A batch that comes before its predecessor is held, and what is missing before it is read.
/// </summary>
/// <param name="liveVideoId">The video.</param>
/// <param name="liveVideos">Where missing comments are read.</param>
/// <param name="ring">The ring.</param>
/// <param name="gate">Guards the ring. The caller of <see cref="TryAppend"/> holds it.</param>
/// <param name="replay">How many missing comments are of use; more are a gap.</param>
/// <param name="time">The clock.</param>
/// <param name="filled">Called when a gap has been filled, outside of the gate.</param>
internal sealed class GapFiller(
    LiveVideoId liveVideoId, ILiveVideoReader liveVideos, CommentRing ring, Lock gate, int replay, TimeProvider time, Action filled)
{
    /// <summary>How long to wait before a read that failed is made again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Batches that wait for what comes before them; null while nothing is missing.
    private List<CommentBatch>? _held;

    /// <summary>Completes when nothing is missing.</summary>
    public Task Filling { get; private set; } = Task.CompletedTask;

    /// <summary>Appends a batch; false if it is held.</summary>
    public bool TryAppend(CommentBatch batch)
    {
        if (_held is not null)
        {
            _held.Add(batch);
            return false;
        }

        if (Append(batch)) return true;
        _held = [batch];
        Filling = FillAsync();
        return false;
    }

    /// <summary>False if the batch follows on a comment that has not come.</summary>
    private bool Append(CommentBatch batch)
    {
        if (batch.Follows > ring.Last) return false;
        foreach (var comment in batch.Comments)
            if (comment.Id > ring.Last) ring.Append(comment);
        return true;
    }

    private bool AppendHeld()
    {
        var held = _held!;
        held.RemoveRange(0, held.TakeWhile(Append).Count());
        if (held.Count > 0) return false;
        _held = null;
        return true;
    }

    private async Task FillAsync()
    {
        while (!await TryFillAsync()) await Task.Delay(RetryAfter, time);
        filled();
    }

    private async Task<bool> TryFillAsync()
    {
        CommentId target;
        lock (gate) target = _held![^1].Follows;
        try
        {
            var page = await liveVideos.ReadAsync(liveVideoId, target.Successor, replay + 1);
            lock (gate)
            {
                // More was missed than is ever replayed: the viewers are told of a gap.
                if (page.NextCursor is not null && page.Comments[^1].Id > ring.Last) ring.Restart(page.Comments[^1].Id);
                Append(new(ring.Last, [.. page.Comments.Reverse()]));
                return AppendHeld();
            }
        }
        catch (CommentsUnavailableException)
        {
            return false;
        }
    }
}
