using Microsoft.AspNetCore.Http.Features;

namespace LiveComments.WebFrontend.Connections.WebSockets;

/// <summary>The server's upgrade of a connection (RFC 9110, 7.8), whose stream is then a <see cref="FrameStream"/>.</summary>
internal sealed class FrameUpgrade(IHttpUpgradeFeature server) : IHttpUpgradeFeature
{
    /// <summary>The stream; null before the upgrade.</summary>
    public FrameStream? Stream { get; private set; }

    public bool IsUpgradableRequest => server.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() => Stream = new(await server.UpgradeAsync());
}
