using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>An edge that speaks HTTP/2 to its upstream, so that one connection carries many streams.</summary>
public sealed class Http2EdgeTarget : EdgeTarget
{
    protected override IReadOnlyList<string> OwnerSettings => ["--Kestrel:EndpointDefaults:Protocols=Http2"];

    protected override IReadOnlyList<string> UpstreamOptions => ["--Upstream:Http2=true"];
}

public sealed class Http2EdgePostTests(Http2EdgeTarget edge) : PostContract(edge.Target), IClassFixture<Http2EdgeTarget>;

public sealed class Http2EdgeResumeTests(Http2EdgeTarget edge) : ResumeContract(edge.Target), IClassFixture<Http2EdgeTarget>;

public sealed class Http2EdgeGapTests(Http2EdgeTarget edge) : GapContract(edge.Target), IClassFixture<Http2EdgeTarget>;

public sealed class Http2EdgeRemovalTests(Http2EdgeTarget edge) : RemovalContract(edge.Target), IClassFixture<Http2EdgeTarget>;

public sealed class Http2EdgeReceiptTests(Http2EdgeTarget edge) : ReceiptContract(edge.Target), IClassFixture<Http2EdgeTarget>;
