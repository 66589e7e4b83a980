namespace LiveComments;

/// <summary>
/// A log of what was decided about authors, which every store keeps as it keeps those of comments: an entry is a comment whose author is
/// the id of the one whom it is about, and whose message says what was decided. It is used by one thread at a time.
/// </summary>
/// <param name="store">Where it is.</param>
/// <param name="log">Its name.</param>
/// <param name="time">The clock.</param>
/// <param name="apply">Takes an entry, in the order of the log.</param>
internal sealed class DecisionLog(ICommentStore store, LiveVideoId log, TimeProvider time, Action<AuthorId, Comment> apply)
{
    private const int Page = 1_000;
    private const int MaxConflictsInARow = 10;

    /// <summary>The last entry that was read or written; <see cref="CommentId.None"/> if there is none.</summary>
    public CommentId Last { get; private set; }

    /// <summary>Reads what has come since it was read last.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task LoadAsync()
    {
        var news = new List<Comment>();
        CommentId? before = CommentId.Max;
        while (before is { } cursor && cursor > Last)
        {
            var stretch = await store.ReadBeforeAsync(log, cursor, Page);
            news.AddRange(stretch.Comments.TakeWhile(entry => entry.Id > Last));
            before = stretch.Start == CommentId.None ? null : stretch.Start;
        }

        news.Reverse();
        foreach (var entry in news) Apply(entry);
    }

    /// <summary>
    /// Adds an entry about somebody. What it says is asked for when all others are known; null = there is nothing to say any more. Whether
    /// there was.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public async Task<bool> AppendAsync(AuthorId author, Func<string?> content)
    {
        for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
        {
            if (content() is not { } message) return false;
            var entry = new Comment(Last.Next(time.GetUtcNow()), log, author.ToString(), message);
            if (await store.AppendAsync(log, Last, [new(entry, null)]) == AppendResult.Appended)
            {
                Apply(entry);
                return true;
            }

            await LoadAsync();
        }

        throw new CommentsUnavailableException($"Others write to the log {log} all the time.");
    }

    private void Apply(Comment entry)
    {
        // Two may read the log beside each other, and one write to it.
        if (entry.Id <= Last) return;
        Last = entry.Id;
        if (AuthorId.TryParse(entry.Author, out var author)) apply(author, entry);
    }
}
