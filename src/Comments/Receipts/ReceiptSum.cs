namespace LiveComments;

/// <summary>What all nodes and edges know of who was told of a removal.</summary>
/// <param name="Total">The viewers of all, and the edges.</param>
/// <param name="Nodes">How many nodes have said what they know.</param>
/// <param name="NodesMissing">How many were asked and have not.</param>
/// <param name="IsWhole">Whether all is counted that those know which have answered, and all were asked that there are.</param>
public sealed record ReceiptSum(ReceiptShare Total, int Nodes, int NodesMissing, bool IsWhole)
{
    /// <summary>Whether it is known of everybody who had been sent a comment that it was told, or has left.</summary>
    public bool IsComplete => IsWhole && NodesMissing == 0 && Total.IsComplete;

    /// <summary>Adds up what nodes know, and what edges have reported.</summary>
    /// <param name="nodes">One of each node that has answered.</param>
    /// <param name="missing">How many nodes have not.</param>
    /// <param name="reports">The last report of each edge, by its id.</param>
    /// <param name="allAsked">Whether all nodes were asked that there are.</param>
    internal static ReceiptSum Of(
        IReadOnlyCollection<NodeReceipt> nodes, int missing, IReadOnlyDictionary<Guid, ReceiptShare> reports, bool allAsked = true)
    {
        // An edge that reconnects may follow at two nodes, and may have followed at none just then.
        var edges = nodes.SelectMany(node => node.Edges).Concat(reports.Keys).Distinct().Count();
        var total = nodes.Select(node => node.Share).Concat(reports.Values)
            .Aggregate(new ReceiptShare { Relays = edges, RelaysReported = reports.Count }, (sum, share) => sum + share);
        return new(total, nodes.Count, missing, allAsked && nodes.All(node => node.IsWhole));
    }
}
