using System.Net;
using LiveComments.HttpContract;
using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>Two silos that serve no viewers, and two frontends that own no videos.</summary>
public sealed class RolesCluster : IAsyncLifetime
{
    private readonly PostgresServer _postgres = new();
    private readonly List<NodePlace> _frontends = [];
    private TestSite? _site;

    /// <summary>Posts go to one frontend, everything else to the other.</summary>
    public ContractTarget Target => new(_frontends[0].Address, _frontends[1].Address);

    /// <summary>One of the silos.</summary>
    public NodePlace Silo { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _site = new(_postgres);
        await _site.StartAsync("silo");
        Silo = await _site.StartAsync("silo");
        while (_frontends.Count < 2) _frontends.Add(await _site.StartAsync("frontend"));
        foreach (var frontend in _frontends) await frontend.SaysAsync(HttpStatusCode.OK);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}

/// <summary>The contract through frontends of their own.</summary>
[CollectionDefinition(Name)]
public sealed class RolesCollection : ICollectionFixture<RolesCluster>
{
    /// <summary>The name of the collection: one cluster for all its classes.</summary>
    public const string Name = "roles";
}

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendPostTests(RolesCluster cluster) : PostContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendRepeatTests(RolesCluster cluster) : RepeatContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendReplyTests(RolesCluster cluster) : ReplyContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendPinTests(RolesCluster cluster) : PinContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendHistoryTests(RolesCluster cluster) : HistoryContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendReplayTests(RolesCluster cluster) : ReplayContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendStreamTests(RolesCluster cluster) : StreamContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendWebSocketTests(RolesCluster cluster) : WebSocketContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendResumeTests(RolesCluster cluster) : ResumeContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendRemovalTests(RolesCluster cluster) : RemovalContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendReceiptTests(RolesCluster cluster) : ReceiptContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendBanTests(RolesCluster cluster) : BanContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendErasureTests(RolesCluster cluster) : ErasureContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendAuditTests(RolesCluster cluster) : AuditContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendDelayTests(RolesCluster cluster) : DelayContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendHeldTests(RolesCluster cluster) : HeldContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendModesTests(RolesCluster cluster) : ModesContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendLifeTests(RolesCluster cluster) : LifeContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendHeldAddressTests(RolesCluster cluster)
{
    [Fact]
    public Task The_address_of_a_post_through_a_frontend_is_its_posters() =>
        HeldAddress.IsThatOfTheGuestAsync(cluster.Target.PostAddress);
}

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class FrontendHealthTests(RolesCluster cluster) : HealthContract(cluster.Target);

[Collection(RolesCollection.Name), Trait("Needs", "postgresql")]
public sealed class SiloRoleTests(RolesCluster cluster)
{
    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/comments/demo", HttpStatusCode.NotFound)]
    [InlineData("/comments/demo/stream", HttpStatusCode.NotFound)]
    [InlineData("/videos/demo", HttpStatusCode.NotFound)]
    public async Task A_silo_says_how_it_is_and_serves_no_viewers(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, await cluster.Silo.StatusAsync(path));
}
