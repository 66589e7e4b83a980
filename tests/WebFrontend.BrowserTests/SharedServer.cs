using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The server of all tests that need none of their own; each has a video of its own on it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private ServerProcess? _server;

    /// <summary>Where it listens.</summary>
    public Uri Address => _server!.Address;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _server = await _database.ServeAsync(["--Limits:PostsPerSecond=0", .. ContractTarget.Issuer.Settings]);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _database.Dispose();
    }
}
