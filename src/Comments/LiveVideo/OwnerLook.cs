namespace LiveComments;

/// <summary>
/// How the owner of one video finds out that another one has written to the log. It is used in the turns of the video alone.
/// </summary>
/// <param name="id">The video.</param>
/// <param name="store">Where its log is.</param>
/// <param name="owned">What is known of it.</param>
/// <param name="time">The clock.</param>
/// <param name="mayBeOvertaken">Whether another owner is possible at all.</param>
/// <param name="isAppending">Whether an append is under way, which finds out by itself.</param>
/// <param name="readAgain">Steps down and reads the log again.</param>
internal sealed class OwnerLook(
    LiveVideoId id,
    ICommentStore store,
    OwnedLog owned,
    TimeProvider time,
    bool mayBeOvertaken,
    Func<bool> isAppending,
    Func<Task> readAgain)
{
    // How long the end of the log is believed, where another owner is possible, and how long a read waits for a look at it.
    private static readonly TimeSpan KnownFor = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private CommentId _lastChecked;
    private Task _look = Task.CompletedTask;

    /// <summary>
    /// Looks whether another owner has written to the log since the last call, and steps down if so. Only an owner that receives no posts
    /// needs it: a post would find the conflict.
    /// </summary>
    public async Task CheckAsync()
    {
        if (!owned.IsLoaded || isAppending()) return;
        var last = owned.Last;
        if (last != _lastChecked)
        {
            // We have appended: the log was ours until then.
            _lastChecked = last;
            return;
        }

        try
        {
            var tail = await store.ReadTailAsync(id, CommentId.Max);
            if (tail.Last != last && owned.Last == last && !isAppending()) await readAgain();
        }
        catch (CommentsUnavailableException)
        {
            // The next check looks again.
        }
    }

    /// <summary>
    /// Where another owner is possible: completes when all is known here that one had written half a second ago. All who ask share one look
    /// into the log, and none is made right after an append. While the store does not answer it completes after a second.
    /// </summary>
    public async Task CatchUpAsync()
    {
        if (!mayBeOvertaken) return;
        if (_look.IsCompleted)
        {
            if (!owned.IsRead || isAppending() || time.GetElapsedTime(owned.LastKnown) < KnownFor) return;
            _look = LookAsync();
        }

        try
        {
            await _look.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // What is here is better than nothing.
        }
    }

    private async Task LookAsync()
    {
        var begun = time.GetTimestamp();
        // Also if the last entry is our own.
        _lastChecked = owned.Last;
        await CheckAsync();
        owned.Confirm(begun);
    }
}
