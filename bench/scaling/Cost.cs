namespace Scaling;

/// <summary>What one way costs.</summary>
/// <param name="name">The way.</param>
/// <param name="servers">How many servers share it.</param>
internal sealed class Cost(string name, int servers)
{
    public string Name => name;

    /// <summary>Comments that each server receives from others, a second.</summary>
    public double[] Received { get; } = new double[servers];

    /// <summary>Copies of comments that each server sends to others, a second.</summary>
    public double[] Sent { get; } = new double[servers];

    /// <summary>The viewers on each server.</summary>
    public long[] Viewers { get; } = new long[servers];

    /// <summary>The rings of ready event bytes on each server: one for each video watched there.</summary>
    public long[] Rings { get; } = new long[servers];

    /// <summary>The videos that each server owns: it orders and stores their comments.</summary>
    public long[] Owned { get; } = new long[servers];

    /// <summary>Subscriptions that each server holds with others: what it renews, and must make again when the other side dies.</summary>
    public long[] Subscriptions { get; } = new long[servers];

    /// <summary>Connections between servers, of which one carries many subscriptions where the protocol can.</summary>
    public long Links { get; set; }
}
