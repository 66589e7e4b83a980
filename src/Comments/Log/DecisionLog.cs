namespace LiveComments;

/// <summary>
/// Decisions, such as bans, in a log of their own, which every store keeps as it keeps those of comments: an entry is a comment whose
/// message says what was decided. What is known of it is read anew when it may be outdated. It is used by one thread at a time.
/// </summary>
internal abstract class DecisionLog(ICommentStore store, LiveVideoId log, TimeProvider time)
{
    private const int Page = 1_000;
    private const int MaxConflictsInARow = 10;

    /// <summary>The last entry that was read or written; <see cref="CommentId.None"/> if there is none.</summary>
    public CommentId Last { get; private set; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Whether the last entry says all that holds, so that no other need be read.</summary>
    protected virtual bool LastSaysAll => false;

    /// <summary>Reads what has come since it was read last.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task LoadAsync()
    {
        var news = new List<Comment>();
        CommentId? before = CommentId.Max;
        while (before is { } cursor && cursor > Last)
        {
            var stretch = await store.ReadBeforeAsync(log, cursor, LastSaysAll ? 1 : Page);
            news.AddRange(stretch.Comments.TakeWhile(entry => entry.Id > Last));
            before = stretch.Start == CommentId.None || LastSaysAll ? null : stretch.Start;
        }

        news.Reverse();
        foreach (var entry in news) Take(entry);
    }

    /// <summary>
    /// Appends a decision: <paramref name="decide"/> gives its author and message for what is known then, or null to leave it. It is
    /// asked again where another has decided something meanwhile. Whether there was something to decide.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    protected async Task<bool> AppendAsync(Func<(string Author, string Message)?> decide)
    {
        for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
        {
            if (decide() is not var (author, message)) return false;
            var entry = new Comment(Last.Next(time.GetUtcNow()), log, author, message);
            if (await store.AppendAsync(log, Last, [new(entry, null)]) == AppendResult.Appended)
            {
                Take(entry);
                return true;
            }

            await LoadAsync();
        }

        throw new CommentsUnavailableException($"Others write to the log {log} all the time.");
    }

    /// <summary>Takes note of an entry.</summary>
    protected abstract void Apply(Comment entry);

    private void Take(Comment entry)
    {
        // Two may read the log beside each other, and one write to it.
        if (entry.Id <= Last) return;
        Last = entry.Id;
        Apply(entry);
    }
}
