using System.Diagnostics.Metrics;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace LiveComments.Grains.Tests;

/// <summary>Three silos in this process on one log in memory.</summary>
public sealed class TestSilos : IAsyncLifetime
{
    /// <summary>The provider of the streams that accepted comments go to.</summary>
    internal const string StreamProvider = "memory";

    /// <summary>The log of all silos.</summary>
    internal MemoryStore Store { get; } = new();

    /// <summary>The leases that the silos grant.</summary>
    internal static SubscriptionOptions Leases { get; } = new() { LeaseSeconds = 15, FrontendQueue = 20, OwnerCheckSeconds = 0 };

    /// <summary>The cluster.</summary>
    internal InProcessTestCluster Cluster { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) => silo
            .AddMemoryGrainStorage("PubSubStore")
            .AddMemoryStreams(StreamProvider)
            .Services
            .AddSingleton<ICommentStore>(Store)
            .AddSingleton(new LiveVideoOptions())
            .AddSingleton(Leases)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new CommentClock(TimeProvider.System))
            .AddSingleton(new PublishingOptions { Provider = StreamProvider })
            .AddSingleton<CommentStreams>()
            .AddKeyedSingleton(CommentMetrics.MeterName, (provider, _) => provider.GetRequiredService<IMeterFactory>().Create("test"))
            .AddSingleton<CommentMetrics>()
            .AddSingleton<SiteBans>()
            .AddSingleton<LiveVideoLog>()
            .AddSingleton<SubscriptionLog>()
            .AddSingleton<SubscriptionMetrics>());
        builder.ConfigureClient(client => client.AddMemoryStreams(StreamProvider));
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
