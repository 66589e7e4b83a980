namespace LiveComments;

/// <summary>What this node knows of who of its own viewers was told of removals. Safe for use by many threads at once.</summary>
public interface INodeReceipts
{
    /// <summary>Told of each removal that comes to this node. It must return at once and not throw.</summary>
    event Action<LiveVideoId, CommentId>? Opened;

    /// <summary>What it knows of a removal; of one that nobody here had been sent a comment of, that it was nobody.</summary>
    NodeReceipt Find(LiveVideoId liveVideoId, CommentId removal);
}
