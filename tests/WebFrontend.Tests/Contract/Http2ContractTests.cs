using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>The program speaking HTTP/2: streams go through the server's pipe then, and not straight to the socket.</summary>
public sealed class Http2Target : SingleNodeTarget
{
    protected override Version HttpVersion => System.Net.HttpVersion.Version20;
}

public sealed class Http2StreamTests(Http2Target http2) : StreamContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2BacklogTests(Http2Target http2) : BacklogContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2ResumeTests(Http2Target http2) : ResumeContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2GapTests(Http2Target http2) : GapContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2RemovalTests(Http2Target http2) : RemovalContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2ReceiptTests(Http2Target http2) : ReceiptContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2BanTests(Http2Target http2) : BanContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2ErasureTests(Http2Target http2) : ErasureContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2AuditTests(Http2Target http2) : AuditContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2DelayTests(Http2Target http2) : DelayContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2HeldTests(Http2Target http2) : HeldContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2ModesTests(Http2Target http2) : ModesContract(http2.Target), IClassFixture<Http2Target>;

public sealed class Http2LifeTests(Http2Target http2) : LifeContract(http2.Target), IClassFixture<Http2Target>;
