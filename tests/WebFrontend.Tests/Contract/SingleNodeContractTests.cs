using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

public sealed class SingleNodePostTests(SingleNodeTarget node) : PostContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeCommentTextTests(SingleNodeTarget node) : CommentTextContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeRequestBodyTests(SingleNodeTarget node) : RequestBodyContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeLiveVideoIdTests(SingleNodeTarget node) : LiveVideoIdContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeSpellingTests(SingleNodeTarget node) : SpellingContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeRepeatTests(SingleNodeTarget node) : RepeatContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeReplyTests(SingleNodeTarget node) : ReplyContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodePinTests(SingleNodeTarget node) : PinContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeHistoryTests(SingleNodeTarget node) : HistoryContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeReplayTests(SingleNodeTarget node) : ReplayContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeStreamTests(SingleNodeTarget node) : StreamContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeWebSocketTests(SingleNodeTarget node) : WebSocketContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeWebSocketGapTests(SingleNodeTarget node) : WebSocketGapContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeBacklogTests(SingleNodeTarget node) : BacklogContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeResumeTests(SingleNodeTarget node) : ResumeContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeGapTests(SingleNodeTarget node) : GapContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeRemovalTests(SingleNodeTarget node) : RemovalContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeReceiptTests(SingleNodeTarget node) : ReceiptContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeBanTests(SingleNodeTarget node) : BanContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeErasureTests(SingleNodeTarget node) : ErasureContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeAuditTests(SingleNodeTarget node) : AuditContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeDelayTests(SingleNodeTarget node) : DelayContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeHeldTests(SingleNodeTarget node) : HeldContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeModesTests(SingleNodeTarget node) : ModesContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeLifeTests(SingleNodeTarget node) : LifeContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeMethodTests(SingleNodeTarget node) : MethodContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeOriginTests(SingleNodeTarget node) : OriginContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeHealthTests(SingleNodeTarget node) : HealthContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeOpenApiTests(SingleNodeTarget node) : OpenApiContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodeIdentityTests(SingleNodeTarget node) : IdentityContract(node.Target), IClassFixture<SingleNodeTarget>;

public sealed class SingleNodePrivateVideoTests(SingleNodeTarget node) : PrivateVideoContract(node.Target), IClassFixture<SingleNodeTarget>;
