namespace LiveComments.WebFrontend.Api;

/// <summary>
/// The names of the banned of a video, for moderators: what is removed with a ban takes the name with it everywhere else. They are in a
/// log of their own whose entries are their authors', so that an erasure finds them. A name goes with its ban.
/// </summary>
internal sealed class BannedNames(ILiveVideos videos, TimeProvider time)
{
    // A name is kept before its ban holds, which may take a while where there are many.
    private static readonly TimeSpan NotYet = TimeSpan.FromMinutes(5);

    private const int Page = 200;

    // One pass removes no more: the next goes on.
    private const int MostForgotten = 100;

    /// <summary>Keeps the name of somebody who is about to be banned.</summary>
    /// <exception cref="CommentsUnavailableException">It was not kept, or it is not known whether it was.</exception>
    public async Task KeepAsync(LiveVideoId video, AuthorId author, string name)
    {
        var identity = new AuthorIdentity(author, AuthorRole.Viewer, Verified: false);
        var outcome = await videos.PostAsync(video.OfNames, CommentDraft.ForOwnLog(name, "banned", identity: identity));
        if (outcome.Status != PostStatus.Accepted)
            throw new CommentsUnavailableException("The name of who was to be banned could not be kept, so nobody was banned.");
    }

    /// <summary>Forgets the name of somebody.</summary>
    /// <exception cref="CommentsUnavailableException">It may still be kept.</exception>
    public Task ForgetAsync(LiveVideoId video, AuthorId author) =>
        videos.RemoveAsync(video.OfNames, RemovalRequest.OfAuthor(author, CommentId.None));

    /// <summary>Reads the names of these people, as far as they are kept, and forgets some of others, whose bans have ended.</summary>
    /// <exception cref="CommentsUnavailableException">They cannot be read.</exception>
    public async Task<IReadOnlyDictionary<AuthorId, string>> ReadAsync(LiveVideoId video, IReadOnlySet<AuthorId> banned)
    {
        var names = new Dictionary<AuthorId, string>();
        var (others, beingBanned) = (new HashSet<AuthorId>(), new HashSet<AuthorId>());
        CommentId? before = CommentId.Max;
        var old = time.GetUtcNow() - NotYet;
        while (before is { } cursor && names.Count < banned.Count + Page)
        {
            var page = await videos.ReadAsync(video.OfNames, cursor, Page);
            foreach (var entry in page.Comments)
            {
                if (entry.Identity is not { Id: var author }) continue;
                // The newest first: the name of the last ban counts.
                if (banned.Contains(author)) names.TryAdd(author, entry.Author);
                else if (entry.CreatedAt >= old) beingBanned.Add(author);
                else if (others.Count < MostForgotten && !beingBanned.Contains(author)) others.Add(author);
            }

            before = page.NextCursor;
        }

        await Task.WhenAll(others.Select(author => ForgetAsync(video, author)));
        return names;
    }
}
