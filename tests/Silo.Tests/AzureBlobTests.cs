using LiveComments.HttpContract;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>
/// A cluster with its log in Azure Blob storage: what the HTTP contract says of stored comments, and silos that are killed or stand still.
/// The rest of the contract is held on Azure Table storage; it does not depend on where the log is.
/// </summary>
[CollectionDefinition(Name)]
public sealed class AzureBlobLog : ICollectionFixture<AzureBlobCluster>
{
    /// <summary>The name of the collection: one cluster for all its classes.</summary>
    public const string Name = "Azure Blob";
}

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobPostTests(AzureBlobCluster cluster) : PostContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobCommentTextTests(AzureBlobCluster cluster) : CommentTextContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobRepeatTests(AzureBlobCluster cluster) : RepeatContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobReplyTests(AzureBlobCluster cluster) : ReplyContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobPinTests(AzureBlobCluster cluster) : PinContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobHistoryTests(AzureBlobCluster cluster) : HistoryContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobResumeTests(AzureBlobCluster cluster) : ResumeContract(cluster.Target);

[Collection(AzureBlobLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobFailoverTests(AzureBlobCluster cluster, ITestOutputHelper output) : FailoverTests(cluster, output);
