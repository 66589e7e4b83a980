using LiveComments.HttpContract;

namespace LiveComments.Silo.Tests;

/// <summary>The contract of the embedded engine, against a cluster of three: posted on one node, read on another.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterContract : ICollectionFixture<LocalCluster>
{
    /// <summary>The name of the collection: one cluster for all its classes.</summary>
    public const string Name = "cluster contract";
}

[Collection(ClusterContract.Name)]
public sealed class ClusterPostTests(LocalCluster cluster) : PostContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterCommentTextTests(LocalCluster cluster) : CommentTextContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterRequestBodyTests(LocalCluster cluster) : RequestBodyContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterLiveVideoIdTests(LocalCluster cluster) : LiveVideoIdContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterRepeatTests(LocalCluster cluster) : RepeatContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterReplyTests(LocalCluster cluster) : ReplyContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterPinTests(LocalCluster cluster) : PinContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterHistoryTests(LocalCluster cluster) : HistoryContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterReplayTests(LocalCluster cluster) : ReplayContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterStreamTests(LocalCluster cluster) : StreamContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterWebSocketTests(LocalCluster cluster) : WebSocketContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterWebSocketGapTests(LocalCluster cluster) : WebSocketGapContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterBacklogTests(LocalCluster cluster) : BacklogContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterResumeTests(LocalCluster cluster) : ResumeContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterGapTests(LocalCluster cluster) : GapContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterRemovalTests(LocalCluster cluster) : RemovalContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterReceiptTests(LocalCluster cluster) : ReceiptContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterBanTests(LocalCluster cluster) : BanContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterErasureTests(LocalCluster cluster) : ErasureContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterAuditTests(LocalCluster cluster) : AuditContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterDelayTests(LocalCluster cluster) : DelayContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterHeldTests(LocalCluster cluster) : HeldContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterModesTests(LocalCluster cluster) : ModesContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterLifeTests(LocalCluster cluster) : LifeContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterMethodTests(LocalCluster cluster) : MethodContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterOriginTests(LocalCluster cluster) : OriginContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterHealthTests(LocalCluster cluster) : HealthContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterOpenApiTests(LocalCluster cluster) : OpenApiContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterIdentityTests(LocalCluster cluster) : IdentityContract(cluster.Target);

[Collection(ClusterContract.Name)]
public sealed class ClusterPrivateVideoTests(LocalCluster cluster) : PrivateVideoContract(cluster.Target);
