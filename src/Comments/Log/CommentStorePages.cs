namespace LiveComments;

/// <summary>Reads pages of the history from a store.</summary>
public static class CommentStorePages
{
    /// <summary>
    /// Reads up to <paramref name="limit"/> (at least 1) comments with ids below <paramref name="before"/>. The store has every comment
    /// that was acknowledged, so the owner of the video is not needed for it.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public static async Task<CommentPage> ReadPageAsync(this ICommentStore store, LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var page = CommentPage.FromOneMore(await store.ReadBeforeAsync(liveVideoId, before, limit + 1).ConfigureAwait(false), limit);
        var expired = page.NextCursor is null && await store.HasExpiredAsync(liveVideoId).ConfigureAwait(false);
        return expired ? page with { Expired = true } : page;
    }
}
