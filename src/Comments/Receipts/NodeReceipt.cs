namespace LiveComments;

/// <summary>What one node knows of who was told of a removal.</summary>
/// <param name="Share">Its own viewers. Its edges are not among the relays of it, but for those that do not say who they are.</param>
/// <param name="Edges">The edges that followed the video at this node, by the ids that they gave themselves.</param>
/// <param name="IsWhole">Whether all is counted: the removal has come to the node, and the node has not forgotten it.</param>
public sealed record NodeReceipt(ReceiptShare Share, IReadOnlyList<Guid> Edges, bool IsWhole);
