using LiveComments.HttpContract;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>
/// A cluster on Azure Table storage alone: the HTTP contract, and silos that are killed or stand still. What the contract says of gaps
/// depends on no store, and on a shorter replay than the crowds of the other tests are given; <see cref="ClusterGapTests"/> have it.
/// </summary>
[CollectionDefinition(Name)]
public sealed class AzureTableLog : ICollectionFixture<AzureTableCluster>
{
    /// <summary>The name of the collection: one cluster for all its classes.</summary>
    public const string Name = "Azure Table";
}

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTablePostTests(AzureTableCluster cluster) : PostContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableCommentTextTests(AzureTableCluster cluster) : CommentTextContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableRequestBodyTests(AzureTableCluster cluster) : RequestBodyContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableLiveVideoIdTests(AzureTableCluster cluster) : LiveVideoIdContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableRepeatTests(AzureTableCluster cluster) : RepeatContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableReplyTests(AzureTableCluster cluster) : ReplyContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTablePinTests(AzureTableCluster cluster) : PinContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableHistoryTests(AzureTableCluster cluster) : HistoryContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableReplayTests(AzureTableCluster cluster) : ReplayContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableStreamTests(AzureTableCluster cluster) : StreamContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableBacklogTests(AzureTableCluster cluster) : BacklogContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableResumeTests(AzureTableCluster cluster) : ResumeContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableMethodTests(AzureTableCluster cluster) : MethodContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableOriginTests(AzureTableCluster cluster) : OriginContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableHealthTests(AzureTableCluster cluster) : HealthContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableOpenApiTests(AzureTableCluster cluster) : OpenApiContract(cluster.Target);

[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableFailoverTests(AzureTableCluster cluster, ITestOutputHelper output) : FailoverTests(cluster, output);
