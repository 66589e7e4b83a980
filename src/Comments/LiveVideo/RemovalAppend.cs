namespace LiveComments;

/// <summary>
/// One append of removals. What it takes back is erased from the store first: once the removal is in the log nobody reads the texts. Should
/// the owner end in between, they are gone, and the next owner finishes it: see <see cref="RemovalIntents"/>.
/// </summary>
internal sealed class RemovalAppend
{
    /// <summary>What stores take in one append: as many removals of the most ids.</summary>
    public const int MostRemovals = 16;

    private readonly LiveVideoId _id;
    private readonly ICommentStore _store;
    private readonly OwnedLog _owned;
    private readonly DateTimeOffset _now;
    private readonly List<(CommentId Removal, IReadOnlyList<CommentId> Comments)> _toErase = [];
    private CommentId _last;

    private RemovalAppend(LiveVideoId id, ICommentStore store, OwnedLog owned, DateTimeOffset now)
    {
        (_id, _store, _owned, _now) = (id, store, owned, now);
        _last = owned.Last;
        if (owned.Intents.Last > _last) _last = owned.Intents.Last;
    }

    /// <summary>The removals, with their ids.</summary>
    public List<Removal> Entries { get; } = [];

    /// <summary>How each of those who asked is answered once they are in the log, in their order.</summary>
    public List<RemovalOutcome> Outcomes { get; } = [];

    /// <summary>Whether there is more to be removed than one append can say.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether what they take back was erased.</summary>
    public bool HasErased { get; private set; }

    /// <summary>Finds out what is to be removed. The log must have been loaded.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public static async Task<RemovalAppend> PrepareAsync(
        LiveVideoId id, ICommentStore store, OwnedLog owned, List<PendingRemoval> removals, DateTimeOffset now)
    {
        var append = new RemovalAppend(id, store, owned, now);
        if (owned.Intents.Unfinished.Count > 0) await append.AddUnfinishedAsync();
        else if (removals is [{ Request.Settings: { } change } removal]) await append.AddSettingsAsync(removal, change);
        else if (removals is [{ Request: { Comment: null } request }]) await append.AddOneAsync(request);
        else await append.AddSinglesAsync(removals);
        return append;
    }

    /// <summary>
    /// Erases from the store what they take back, and appends them; false if another owner has written to the log. What was begun is
    /// unfinished then.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public async Task<bool> RunAsync()
    {
        if (Entries.Count == 0) return true;
        if (_toErase.Count > 0 && !await _owned.Intents.TryBeginAsync(Entries)) return false;
        foreach (var (removal, comments) in _toErase)
            foreach (var some in comments.Chunk(RemovedComments.MostIds)) await _store.EraseAsync(_id, some, removal);
        HasErased = true;
        if (await _store.AppendAsync(_id, _owned.Last, Entries.ConvertAll(removal => new LogEntry(removal))) != AppendResult.Appended)
            return false;
        _owned.Intents.End();
        return true;
    }

    /// <summary>What another owner has begun, or this one when the store failed. Nothing else is looked at before it is finished.</summary>
    private async Task AddUnfinishedAsync()
    {
        foreach (var (_, removed) in _owned.Intents.Unfinished)
            Add(removed.Ids ?? (await _store.FindByAuthorAsync(_id, removed.AuthorId, removed.From!.Value, removed.To!.Value)).Ids, removed);
        HasMore = true;
    }

    private async Task AddSinglesAsync(List<PendingRemoval> removals)
    {
        var taken = new SortedSet<CommentId>();
        foreach (var removal in removals)
        {
            var comment = removal.Request.Comment!.Value;
            var found = _owned.Recent.Find(comment) is { } known ? new(known) : await _store.FindAsync(_id, comment);
            var outcome = found switch
            {
                { Comment: { } there } when removal.Request.By is { } author && there.Identity?.Person != author =>
                    new RemovalOutcome(RemovalStatus.NotTheAuthor),
                { Comment: not null } => new(RemovalStatus.Removed, taken.Add(comment) ? 1 : 0),
                { RemovedBy: { } earlier } => new(RemovalStatus.Removed, Removal: earlier),
                _ => new(RemovalStatus.NoSuchComment),
            };
            Outcomes.Add(outcome);
        }

        if (taken.Count == 0) return;
        Add([.. taken], new(Ids: [.. taken]));
        for (var i = 0; i < Outcomes.Count; i++)
            if (Outcomes[i] is { Status: RemovalStatus.Removed, Removal: null }) Outcomes[i] = Outcomes[i] with { Removal = _last };
    }

    private async Task AddOneAsync(RemovalRequest request)
    {
        // First of all: no post is judged without it from here on.
        if (request.Ban is { } ban) await _owned.Bans.AddAsync(ban);
        if (request.Lift is { } author) await _owned.Bans.LiftAsync(author);
        if (request.Removes) await AddManyAsync(request);
        else Outcomes.Add(new(RemovalStatus.Removed, Ban: request.Ban));
        // The log's end moves, so that no other owner appends before it has read the bans.
        if (!request.Removes || (request.Ban is not null && Entries.Count == 0)) Add(RemovedComments.None);
    }

    private async Task AddSettingsAsync(PendingRemoval removal, SettingsChange change)
    {
        // Once: after that they have another version than the change is for.
        removal.Settings ??= await _owned.ChangeSettingsAsync(change);
        Outcomes.Add(removal.Settings is { } settings
            ? new(RemovalStatus.Removed, Settings: settings)
            : new(RemovalStatus.OtherVersion));
        // As after a ban.
        if (removal.Settings is not null) Add(RemovedComments.None);
    }

    private async Task AddManyAsync(RemovalRequest request)
    {
        var found = await _store.FindByAuthorAsync(_id, request.Author, request.From, _last);
        var comments = found.Ids;
        if (found.IsAddress && comments.Count > MostRemovals * RemovedComments.MostIds)
        {
            comments = [.. comments.Take(MostRemovals * RemovedComments.MostIds)];
            HasMore = true;
        }

        Outcomes.Add(new(RemovalStatus.Removed, comments.Count, request.Ban));
        if (comments.Count == 0) return;
        // The range would have to name the address.
        if (found.IsAddress) foreach (var some in comments.Chunk(RemovedComments.MostIds)) Add(some, new(Ids: some));
        else Add(comments, new(AuthorId: request.Author, From: request.From, To: _last));
        Outcomes[^1] = Outcomes[^1] with { Removal = _last };
    }

    private void Add(IReadOnlyList<CommentId> comments, RemovedComments removed)
    {
        Add(removed);
        _toErase.Add((_last, comments));
    }

    private void Add(RemovedComments removed)
    {
        _last = _last.Next(_now);
        Entries.Add(new(_last, removed));
    }
}
