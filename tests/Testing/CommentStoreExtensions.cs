namespace LiveComments.Testing;

/// <summary>What tests ask of stores.</summary>
public static class CommentStoreExtensions
{
    /// <summary>The comments of <see cref="ICommentStore.ReadBeforeAsync"/>.</summary>
    public static async Task<IReadOnlyList<Comment>> ReadCommentsAsync(
        this ICommentStore store, LiveVideoId liveVideoId, CommentId before, int limit) =>
        (await store.ReadBeforeAsync(liveVideoId, before, limit)).Comments;
}
