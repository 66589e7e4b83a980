using LiveComments.HttpContract;

namespace LiveComments.Site.Tests;

// The HTTP contract, to the letter, through nginx and on three nodes.

[Collection(SharedSiteCollection.Name)]
public sealed class SitePostTests(SharedSite shared) : PostContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteCommentTextTests(SharedSite shared) : CommentTextContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteRequestBodyTests(SharedSite shared) : RequestBodyContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteLiveVideoIdTests(SharedSite shared) : LiveVideoIdContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteSpellingTests(SharedSite shared) : SpellingContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteRepeatTests(SharedSite shared) : RepeatContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteReplyTests(SharedSite shared) : ReplyContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SitePinTests(SharedSite shared) : PinContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteHistoryTests(SharedSite shared) : HistoryContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteReplayTests(SharedSite shared) : ReplayContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteStreamTests(SharedSite shared) : StreamContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteWebSocketTests(SharedSite shared) : WebSocketContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteWebSocketGapTests(SharedSite shared) : WebSocketGapContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteBacklogTests(SharedSite shared) : BacklogContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteResumeTests(SharedSite shared) : ResumeContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteGapTests(SharedSite shared) : GapContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteRemovalTests(SharedSite shared) : RemovalContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteReceiptTests(SharedSite shared) : ReceiptContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteBanTests(SharedSite shared) : BanContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteErasureTests(SharedSite shared) : ErasureContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteAuditTests(SharedSite shared) : AuditContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteDelayTests(SharedSite shared) : DelayContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteHeldTests(SharedSite shared) : HeldContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteModesTests(SharedSite shared) : ModesContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteLifeTests(SharedSite shared) : LifeContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteMethodTests(SharedSite shared) : MethodContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteOriginTests(SharedSite shared) : OriginContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteHealthTests(SharedSite shared) : HealthContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteOpenApiTests(SharedSite shared) : OpenApiContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SiteIdentityTests(SharedSite shared) : IdentityContract(shared.Target);

[Collection(SharedSiteCollection.Name)]
public sealed class SitePrivateVideoTests(SharedSite shared) : PrivateVideoContract(shared.Target);
