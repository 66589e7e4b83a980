namespace LiveComments;

/// <summary>
/// Takes comments of one video back, tells the observers and answers those who asked. It is used in the turns of the video alone, and while
/// nothing else is appended.
/// </summary>
/// <param name="id">The video.</param>
/// <param name="store">Where its log is.</param>
/// <param name="owned">What is known of the log.</param>
/// <param name="news">Who is told.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="afterTurn">Runs a short piece of work right after the current turn; null if the host has no such way.</param>
internal sealed class RemovalTurn(
    LiveVideoId id,
    ICommentStore store,
    OwnedLog owned,
    News news,
    TimeProvider time,
    CommentMetrics metrics,
    Action<Action>? afterTurn)
{
    /// <summary>
    /// Appends those removals, and before them what an owner has begun and not finished; false if another owner has written to the log.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public async Task<bool> TryAppendAsync(List<PendingRemoval> removals)
    {
        while (true)
        {
            var append = await RemovalAppend.PrepareAsync(id, store, owned, removals, time.GetUtcNow());
            var appended = await append.RunAsync();
            if (appended) Publish(append.Entries);
            if (appended && !append.HasMore)
            {
                Answer(append, removals);
                return true;
            }

            if (append.HasErased)
            {
                foreach (var (removal, outcome) in removals.Zip(append.Outcomes))
                    (removal.Erased, removal.By) = (removal.Erased + outcome.Count, outcome.Removal ?? removal.By);
            }

            if (!appended) return false;
        }
    }

    private void Publish(List<Removal> removals)
    {
        if (removals.Count == 0) return;
        foreach (var removal in removals) owned.Add(new LogEntry(removal));
        news.OnBatch(new(owned.Last, []) { Removals = removals });
        owned.EndAppend(removals[^1].Id);
    }

    private void Answer(RemovalAppend append, List<PendingRemoval> removals)
    {
        metrics.Removed(append.Outcomes.Sum(outcome => outcome.Count) + removals.Sum(removal => removal.Erased));
        // After the observers, as with posts.
        if (afterTurn is null) Tell();
        else afterTurn(Tell);

        void Tell()
        {
            foreach (var (removal, outcome) in removals.Zip(append.Outcomes))
                removal.Outcome.SetResult(outcome with
                {
                    Count = outcome.Count + removal.Erased,
                    Removal = outcome.Removal ?? removal.By,
                });
        }
    }
}
