using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>The address that a ban holds, where posts come through edges.</summary>
public sealed class HeldAddressTests : IDisposable
{
    private static readonly string[] Settings = [.. ContractTarget.Settings, "--Http:TrustedProxies:0=127.0.0.1"];

    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_address_of_a_post_through_edges_is_its_posters()
    {
        await using var owner = await _database.ServeAsync(Settings);
        await using var edge = await EdgeServer.StartAsync(owner.Address, Settings);
        await using var second = await EdgeServer.StartAsync(edge.Address, Settings);
        foreach (var node in (ServerProcess[])[owner, edge, second]) await HeldAddress.IsThatOfTheGuestAsync(node.Address);
    }
}
