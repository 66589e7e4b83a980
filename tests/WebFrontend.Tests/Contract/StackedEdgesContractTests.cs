using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>An edge in front of an edge.</summary>
public sealed class StackedEdgesTarget : EdgeTarget
{
    protected override int Tiers => 2;
}

public sealed class StackedPostTests(StackedEdgesTarget edges) : PostContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedRepeatTests(StackedEdgesTarget edges) : RepeatContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedReplyTests(StackedEdgesTarget edges) : ReplyContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedPinTests(StackedEdgesTarget edges) : PinContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedBacklogTests(StackedEdgesTarget edges) : BacklogContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedResumeTests(StackedEdgesTarget edges) : ResumeContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedWebSocketTests(StackedEdgesTarget edges) : WebSocketContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedWebSocketGapTests(StackedEdgesTarget edges) : WebSocketGapContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedGapTests(StackedEdgesTarget edges) : GapContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedRemovalTests(StackedEdgesTarget edges) : RemovalContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedReceiptTests(StackedEdgesTarget edges) : ReceiptContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedAuditTests(StackedEdgesTarget edges) : AuditContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedDelayTests(StackedEdgesTarget edges) : DelayContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedHeldTests(StackedEdgesTarget edges) : HeldContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedModesTests(StackedEdgesTarget edges) : ModesContract(edges.Target), IClassFixture<StackedEdgesTarget>;

public sealed class StackedLifeTests(StackedEdgesTarget edges) : LifeContract(edges.Target), IClassFixture<StackedEdgesTarget>;
