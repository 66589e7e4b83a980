namespace LiveComments.WebFrontend.Connections;

/// <summary>What the transport takes on.</summary>
/// <param name="MaxConnections">The most connections at once; more are closed at once.</param>
/// <param name="GiveUpAfter">After how long the kernel gives up a peer that acknowledges nothing.</param>
internal sealed record TransportBounds(int MaxConnections, TimeSpan GiveUpAfter);
