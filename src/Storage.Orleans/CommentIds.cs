namespace LiveComments.Storage.Orleans;

internal static class CommentIds
{
    /// <summary>An exclusive upper bound that includes <paramref name="id"/>; no entry has the highest id.</summary>
    public static CommentId Above(this CommentId id) => id == CommentId.Max ? id : id.Successor;
}
