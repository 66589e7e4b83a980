namespace LiveComments;

/// <summary>Who was told of removals, over all nodes and edges. Safe for use by many threads at once.</summary>
public interface IReceipts
{
    /// <summary>Adds up what is known of a removal. Nodes that do not answer in about a second are missing in it.</summary>
    Task<ReceiptSum> ReadAsync(LiveVideoId liveVideoId, CommentId removal);

    /// <summary>Takes what an edge says of its own viewers; it replaces what the same edge has said before.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be kept; the edge says it again.</exception>
    Task ReportAsync(LiveVideoId liveVideoId, IReadOnlyList<EdgeReport> reports);
}
