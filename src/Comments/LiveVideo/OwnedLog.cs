namespace LiveComments;

/// <summary>
/// What the owner of a video knows of its log: where it ends, the last comments, and the keys that they were posted under. It is read from
/// the store when it is first needed, and again whenever it may be outdated. It is used in the turns of the video alone.
/// </summary>
internal sealed class OwnedLog(LiveVideoId id, ICommentStore store, LiveVideoOptions options, TimeProvider time, News news)
{
    // So many names of persons are kept for a video.
    private const int MaxNames = 10_000;

    // Of so many of its last comments an owner looks who has posted lately.
    private const int PostsReadBack = 1_000;

    private Task? _loading;
    private bool _overtaken;

    // Which of the logs of decisions were read since the log itself was.
    private readonly HashSet<DecisionLog> _current = [];
    private CommentId _settings;

    /// <summary>The last entry in the log, as far as this owner knows; <see cref="CommentId.None"/> before it has looked.</summary>
    public CommentId Last { get; private set; }

    /// <summary>The last removal in the log; <see cref="CommentId.None"/> if there is none.</summary>
    public CommentId LastRemoval { get; private set; }

    /// <summary>Its last entries.</summary>
    public RecentComments Recent { get; private set; } = new(options.RecentComments, CommentId.Max);

    /// <summary>The keys of its last comments.</summary>
    public KnownKeys Keys { get; private set; } = new(options.RepeatWindow, time);

    /// <summary>The keys of posts that are held instead, in memory alone.</summary>
    public KnownKeys HeldKeys { get; } = new(options.RepeatWindow, time);

    /// <summary>Who may not write, as far as it was read: see <see cref="LoadForPostsAsync"/>.</summary>
    public BanLog Bans { get; } = new(store, id.OfBans, time);

    /// <summary>The removals that were begun.</summary>
    public RemovalIntents Intents { get; } = new(id, store);

    /// <summary>The settings of the video, as far as they were read: see <see cref="LoadSettingsAsync"/>.</summary>
    public SettingsLog Settings { get; } = new(store, id.OfSettings, time);

    /// <summary>Who has posted lately; null if the settings do not ask for it, or it was not read.</summary>
    public LastPosts? LastPosts { get; private set; }

    /// <summary>The names of persons who have written; null if they are not kept, or were not read.</summary>
    public TakenNames? Names { get; private set; }

    /// <summary>Whether its last comment is dated into the future by more than a clock may be wrong.</summary>
    public bool IsAhead { get; private set; }

    /// <summary>The timestamp at which it was last seen where the log ends.</summary>
    public long LastKnown { get; private set; }

    /// <summary>Whether it was read.</summary>
    public bool IsRead => _loading is { IsCompletedSuccessfully: true };

    /// <summary>Whether it was read, or is being read.</summary>
    public bool IsLoaded => _loading is not null;

    /// <summary>Whether removals were begun that are not in the log. Where that may be outdated it is found out when the log is read.</summary>
    public bool HasUnfinished => IsRead && Intents.Unfinished.Count > 0;

    /// <summary>
    /// Whether nobody has written for so long that the video is over, though nobody has said so. One that was opened again since is not.
    /// </summary>
    public bool IsOver
    {
        get
        {
            if (options.EndAfterIdle <= TimeSpan.Zero || id.HoldsDecisions || Settings.Current.State == VideoState.Ended) return false;
            var last = Last > Settings.Last ? Last : Settings.Last;
            return last != CommentId.None && time.GetUtcNow() - last.CreatedAt >= options.EndAfterIdle;
        }
    }

    private bool IsReadyForPosts =>
        _current.Contains(Settings) && _current.Contains(Bans) && (LastPosts is not null || !Settings.Current.LookBack);

    /// <summary>Reads the log if what is known of it may be outdated.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task LoadAsync()
    {
        var loading = _loading ??= LoadFromStoreAsync();
        try
        {
            await loading;
        }
        catch when (_loading == loading)
        {
            _loading = null;
            throw;
        }
    }

    /// <summary>
    /// Reads the log as <see cref="LoadAsync"/> does, what was decided and, where they are kept, the names of persons in its last comments
    /// and who has posted them: only a post needs all that.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task LoadForPostsAsync()
    {
        do
        {
            await LoadSettingsAsync();
            await LoadBansAsync();
            var settings = Settings.Current;
            if (!settings.LookBack || LastPosts is not null) continue;
            var posts = await ReadLastPostsAsync(settings);
            // Another owner may have changed them meanwhile.
            if (settings == Settings.Current) LastPosts = posts;
        }
        while (!IsReadyForPosts);

        if (Names is not null || options.NamesReadBack == 0 || id.HoldsDecisions) return;
        var names = new TakenNames(MaxNames);
        foreach (var comment in (await store.ReadBeforeAsync(id, CommentId.Max, options.NamesReadBack)).Comments.Reverse())
            if (comment is { Verified: true, AuthorId: { } author }) names.Add(comment.Author, author);
        Names = names;
    }

    /// <summary>Reads the log as <see cref="LoadAsync"/> does, and the bans.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public Task LoadBansAsync() => LoadDecisionsAsync(Bans);

    /// <summary>Reads the log as <see cref="LoadAsync"/> does, and the settings.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be read.</exception>
    public async Task LoadSettingsAsync()
    {
        await LoadDecisionsAsync(Settings);
        await FindPinnedAsync();
        TakeSettings();
        if (news.MissesRemovals) news.TakeEarly(await ReadRemovalsAfterAsync(news.Public));
    }

    /// <inheritdoc cref="SettingsLog.ChangeAsync"/>
    public async Task<VideoSettings?> ChangeSettingsAsync(SettingsChange change)
    {
        if (await Settings.ChangeAsync(change, Last) is null) return null;
        await FindPinnedAsync();
        TakeSettings();
        return Settings.Current;
    }

    /// <summary>Takes note of an entry that was appended; <see cref="EndAppend"/> follows the last one.</summary>
    public void Add(LogEntry entry)
    {
        if (entry.Comment is { } comment)
        {
            Recent.Add(comment);
            LastPosts?.Add(comment);
        }
        else if (entry.Removal is { } removal)
        {
            Recent.Add(removal);
            LastRemoval = removal.Id;
            if (Settings.Current.PinnedComment is { } pinned && removal.Removed.Include(pinned)) Settings.FoundPinned(null);
        }

        if (entry.Key is { } key) Keys.Add(key, entry.Id);
    }

    /// <summary>Takes note of where the log ends now.</summary>
    public void EndAppend(CommentId last) => (Last, LastKnown) = (last, time.GetTimestamp());

    /// <summary>Takes note that it was looked at a timestamp whether the log still ends here.</summary>
    public void Confirm(long timestamp) => LastKnown = Math.Max(LastKnown, timestamp);

    /// <summary>What is known may be outdated: it is not known how an append ended.</summary>
    public void Doubt() => _loading = null;

    /// <summary>
    /// Another owner has written to the log. What is known of it is outdated. The observers are told once it has been read again.
    /// </summary>
    public void StepDown()
    {
        _loading = null;
        _overtaken = true;
    }

    private async Task LoadDecisionsAsync(DecisionLog decisions)
    {
        await LoadAsync();
        while (!_current.Contains(decisions))
        {
            var known = _loading;
            await decisions.LoadAsync();
            // Another owner may have decided something while that was read.
            if (_loading == known) _current.Add(decisions);
            else await LoadAsync();
        }
    }

    private async Task FindPinnedAsync()
    {
        while (!Settings.IsPinnedKnown)
        {
            var (pinned, removal) = (Settings.Current.Pinned!.Value, LastRemoval);
            var comment = Recent.Find(pinned) ?? (await store.FindAsync(id, pinned)).Comment;
            // Meanwhile another may have been pinned, or this one removed.
            if (pinned == Settings.Current.Pinned && removal == LastRemoval) Settings.FoundPinned(comment);
        }
    }

    private void TakeSettings()
    {
        if (Settings.Last != _settings) (_settings, LastPosts) = (Settings.Last, null);
        news.OnSettings();
    }

    /// <summary>Reads the removals after an entry, in the order of the log.</summary>
    private async Task<IEnumerable<Removal>> ReadRemovalsAfterAsync(CommentId entry)
    {
        var removals = new List<Removal>();
        for (var before = CommentId.Max; before > entry;)
        {
            var stretch = await store.ReadBeforeAsync(id, before, PostsReadBack);
            removals.AddRange(stretch.Removals.TakeWhile(removal => removal.Id > entry));
            before = stretch.Start;
        }

        removals.Reverse();
        return removals;
    }

    private async Task<LastPosts> ReadLastPostsAsync(VideoSettings settings)
    {
        var posts = new LastPosts(settings, time);
        var now = time.GetUtcNow();
        foreach (var comment in (await store.ReadBeforeAsync(id, CommentId.Max, PostsReadBack)).Comments.Reverse())
            posts.Add(comment, now > comment.CreatedAt ? now - comment.CreatedAt : TimeSpan.Zero);
        return posts;
    }

    private async Task LoadFromStoreAsync()
    {
        var begun = time.GetTimestamp();
        var keys = new KnownKeys(options.RepeatWindow, time);
        var now = time.GetUtcNow();
        // Beside each other. Both end before this does, also where one fails.
        var reading = store.ReadTailAsync(id, keys.OldestKnown(now));
        await Task.WhenAll(Intents.LoadAsync(), reading);
        var tail = await reading;
        await Intents.FindUnfinishedAsync(tail.LastRemoval);
        // A log that is ahead of the clock was written by one that was wrong, and its keys age from its end.
        IsAhead = tail.Last.CreatedAt > now + CommentClock.MaxStep;
        if (tail.Last.CreatedAt > now) now = tail.Last.CreatedAt;
        foreach (var (key, comment) in tail.Keys) keys.AddFound(key, comment, now);
        (Keys, Names, LastPosts, LastRemoval) = (keys, null, null, tail.LastRemoval);
        _current.Clear();
        // Another owner may have removed it.
        if (Last != tail.Last) Settings.DoubtPinned();
        if (Last != tail.Last || Recent.Floor > tail.Last)
        {
            Last = tail.Last;
            Recent = new(options.RecentComments, tail.Last);
            news.OnOtherOwner(Last);
        }

        LastKnown = begun;
        if (!_overtaken) return;
        _overtaken = false;
        news.OnOwnerChanged();
    }
}
