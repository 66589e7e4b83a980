namespace LiveComments;

/// <summary>What an edge says of its own viewers, and of those of edges behind it.</summary>
/// <param name="Edge">The id that the edge has given itself for as long as it runs.</param>
/// <param name="Removal">The removal.</param>
/// <param name="Share">Who was told of it.</param>
public sealed record EdgeReport(Guid Edge, CommentId Removal, ReceiptShare Share);
