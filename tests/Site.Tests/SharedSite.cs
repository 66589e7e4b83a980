using LiveComments.HttpContract;

namespace LiveComments.Site.Tests;

/// <summary>A site of three nodes that the classes of a collection share.</summary>
public sealed class SharedSite : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;

    public ContractTarget Target => new(Site.Address);

    public async Task InitializeAsync() => Site = await Site.StartAsync();

    public async Task DisposeAsync() => await Site.DisposeAsync();
}

/// <summary>The classes that share a site.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSiteCollection : ICollectionFixture<SharedSite>
{
    public const string Name = "one site";
}
