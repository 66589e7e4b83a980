namespace LiveComments;

/// <summary>
/// What the owner of a video knows of its log: where it ends, the last comments, and the keys that they were posted under. It is read from the store
/// when it is first needed, and again whenever it may be outdated. It is used in the turns of the video alone.
/// </summary>
internal sealed class OwnedLog(LiveVideoId id, ICommentStore store, LiveVideoOptions options, TimeProvider time, Observers observers)
{
    private Task? _loading;
    private bool _overtaken;

    /// <summary>The last comment in the log, as far as this owner knows; <see cref="CommentId.None"/> before it has looked.</summary>
    public CommentId Last { get; private set; }

    /// <summary>Its last comments.</summary>
    public RecentComments Recent { get; private set; } = new(options.RecentComments, CommentId.Max);

    /// <summary>The keys of its last comments.</summary>
    public KnownKeys Keys { get; private set; } = new(options.RepeatWindow);

    /// <summary>Whether it was read, or is being read.</summary>
    public bool IsLoaded => _loading is not null;

    /// <summary>Reads the log if what is known of it may be outdated.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task LoadAsync()
    {
        var loading = _loading ??= LoadFromStoreAsync();
        try
        {
            await loading;
        }
        catch (CommentsUnavailableException) when (_loading == loading)
        {
            _loading = null;
            throw;
        }
    }

    /// <summary>Takes note of a comment that was appended; <see cref="EndAppend"/> follows the last one.</summary>
    public void Add(LogEntry entry)
    {
        Recent.Add(entry.Comment);
        if (entry.Key is { } key) Keys.Add(key, entry.Comment.Id);
    }

    /// <summary>Takes note of where the log ends now.</summary>
    public void EndAppend(CommentId last) => Last = last;

    /// <summary>What is known may be outdated: it is not known how an append ended.</summary>
    public void Doubt() => _loading = null;

    /// <summary>
    /// Another owner has written to the log. What is known of it is outdated; once it is read again, those who follow the video here are told.
    /// </summary>
    public void StepDown()
    {
        _loading = null;
        _overtaken = true;
    }

    private async Task LoadFromStoreAsync()
    {
        var keys = new KnownKeys(options.RepeatWindow);
        var tail = await store.ReadTailAsync(id, keys.OldestKnown(time.GetUtcNow()));
        foreach (var (key, comment) in tail.Keys) keys.Add(key, comment);
        Keys = keys;
        if (Last != tail.Last || Recent.Floor > tail.Last)
        {
            Last = tail.Last;
            Recent = new(options.RecentComments, tail.Last);
            // Others have written: the observers' next batch would not follow on what they have. Let them catch up now.
            observers.OnBatch(new(Last, []));
        }

        if (!_overtaken) return;
        _overtaken = false;
        observers.OnOwnerChanged();
    }
}
