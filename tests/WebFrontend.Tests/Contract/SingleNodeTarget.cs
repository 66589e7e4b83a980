using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>A single node on a new database, or the running site that <c>LIVECOMMENTS_ADDRESS</c> names.</summary>
public class SingleNodeTarget : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private ServerProcess? _server;

    /// <summary>The version of HTTP that is spoken.</summary>
    protected virtual Version HttpVersion => System.Net.HttpVersion.Version11;

    /// <summary>Settings besides.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    /// <summary>What the contract runs against.</summary>
    public ContractTarget Target { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (ContractTarget.FromEnvironment() is { } running)
        {
            Target = running;
            return;
        }

        _server = await _database.ServeAsync(
        [
            .. ContractTarget.Settings, .. ContractTarget.ReviewSettings, $"--Kestrel:EndpointDefaults:Protocols=Http{HttpVersion.Major}", .. Settings,
        ]);
        Target = new ContractTarget(_server.Address) { HttpVersion = HttpVersion };
    }

    /// <summary>Asks the program to end, with SIGTERM, and gives its exit code when it has.</summary>
    public Task<int> TerminateAsync() => _server!.TerminateAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }
}
