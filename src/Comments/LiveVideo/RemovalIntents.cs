namespace LiveComments;

/// <summary>
/// The removals that were begun on a video, in a log of their own. What a removal takes back is erased before the removal is in the log of
/// the video, and the node may die or the store fail in between: so each is written here first, and the last ones are finished by whichever
/// owner finds that the video's log does not have them. It is used in the turns of the video alone.
/// </summary>
/// <param name="id">The video.</param>
/// <param name="store">Where the logs are.</param>
internal sealed class RemovalIntents(LiveVideoId id, ICommentStore store)
{
    private readonly LiveVideoId _log = id.OfRemovalIntents;

    /// <summary>The last entry of their log.</summary>
    public CommentId Last { get; private set; }

    /// <summary>Those of the last append that are not in the log of the video, oldest first.</summary>
    public IReadOnlyList<Removal> Unfinished { get; private set; } = [];

    /// <summary>Reads where their log ends. What is unfinished is known after <see cref="FindUnfinishedAsync"/>.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task LoadAsync()
    {
        Unfinished = [];
        Last = (await store.ReadTailAsync(_log, CommentId.Max)).Last;
    }

    /// <summary>Finds what is unfinished. The owner finishes it before it begins another.</summary>
    /// <param name="lastRemoval">The last removal in the log of the video, which is almost always the last that was begun.</param>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task FindUnfinishedAsync(CommentId lastRemoval)
    {
        if (Last == lastRemoval || Last == CommentId.None || await IsInLogAsync(Last)) return;
        var begun = (await store.ReadBeforeAsync(_log, CommentId.Max, limit: 1)).Removals;
        var unfinished = new Stack<Removal>();
        // Those of one append are in the log of the video together, or none is.
        foreach (var removal in begun.TakeWhile(removal => removal.Id <= Last).Take(RemovalAppend.MostRemovals))
        {
            if (await IsInLogAsync(removal.Id)) break;
            unfinished.Push(removal);
        }

        Unfinished = [.. unfinished];
    }

    /// <summary>Writes down what is begun; false if another owner has written since <see cref="LoadAsync"/>.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public async Task<bool> TryBeginAsync(List<Removal> removals)
    {
        if (await store.AppendAsync(_log, Last, removals.ConvertAll(removal => new LogEntry(removal))) != AppendResult.Appended) return false;
        Last = removals[^1].Id;
        return true;
    }

    /// <summary>What was unfinished is in the log of the video.</summary>
    public void End() => Unfinished = [];

    // Only a removal that was begun here has this id, and what else the log has under it is a comment, or only moved its end.
    private async Task<bool> IsInLogAsync(CommentId removal) =>
        (await store.FindAsync(id, removal)).Removal is { Removed.AreNone: false };
}
