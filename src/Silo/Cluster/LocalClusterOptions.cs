using System.ComponentModel.DataAnnotations;

namespace LiveComments.Silo.Cluster;

/// <summary>A cluster on one machine, for as long as <c>Orleans:Clustering</c> names no provider: the section <c>Local</c>.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>
    /// Which node of the machine this is, 1 to 16. Node 1 keeps the list of the others: start it first, and as long as it runs the others
    /// may come and go. For a frontend, the node that it reaches the cluster through. Default 1.
    /// </summary>
    [Range(1, 16)]
    public int Node { get; set; } = 1;
}
