using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

public sealed class EdgePostTests(EdgeTarget edge) : PostContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeCommentTextTests(EdgeTarget edge) : CommentTextContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeRequestBodyTests(EdgeTarget edge) : RequestBodyContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeLiveVideoIdTests(EdgeTarget edge) : LiveVideoIdContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeSpellingTests(EdgeTarget edge) : SpellingContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeRepeatTests(EdgeTarget edge) : RepeatContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeReplyTests(EdgeTarget edge) : ReplyContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgePinTests(EdgeTarget edge) : PinContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeHistoryTests(EdgeTarget edge) : HistoryContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeReplayTests(EdgeTarget edge) : ReplayContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeStreamTests(EdgeTarget edge) : StreamContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeWebSocketTests(EdgeTarget edge) : WebSocketContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeWebSocketGapTests(EdgeTarget edge) : WebSocketGapContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeBacklogTests(EdgeTarget edge) : BacklogContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeResumeTests(EdgeTarget edge) : ResumeContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeGapTests(EdgeTarget edge) : GapContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeRemovalTests(EdgeTarget edge) : RemovalContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeReceiptTests(EdgeTarget edge) : ReceiptContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeBanTests(EdgeTarget edge) : BanContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeErasureTests(EdgeTarget edge) : ErasureContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeAuditTests(EdgeTarget edge) : AuditContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeDelayTests(EdgeTarget edge) : DelayContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeHeldTests(EdgeTarget edge) : HeldContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeModesTests(EdgeTarget edge) : ModesContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeLifeTests(EdgeTarget edge) : LifeContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeMethodTests(EdgeTarget edge) : MethodContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeOriginTests(EdgeTarget edge) : OriginContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeHealthTests(EdgeTarget edge) : HealthContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeOpenApiTests(EdgeTarget edge) : OpenApiContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgeIdentityTests(EdgeTarget edge) : IdentityContract(edge.Target), IClassFixture<EdgeTarget>;

public sealed class EdgePrivateVideoTests(EdgeTarget edge) : PrivateVideoContract(edge.Target), IClassFixture<EdgeTarget>;
