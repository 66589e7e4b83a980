using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

public sealed class EmbeddedPostTests(SingleNodeTarget embedded) : PostContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedCommentTextTests(SingleNodeTarget embedded) : CommentTextContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedRequestBodyTests(SingleNodeTarget embedded) : RequestBodyContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedLiveVideoIdTests(SingleNodeTarget embedded) : LiveVideoIdContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedRepeatTests(SingleNodeTarget embedded) : RepeatContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedHistoryTests(SingleNodeTarget embedded) : HistoryContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedStreamTests(SingleNodeTarget embedded) : StreamContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedBacklogTests(SingleNodeTarget embedded) : BacklogContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedResumeTests(SingleNodeTarget embedded) : ResumeContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedGapTests(SingleNodeTarget embedded) : GapContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedMethodTests(SingleNodeTarget embedded) : MethodContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedOriginTests(SingleNodeTarget embedded) : OriginContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedHealthTests(SingleNodeTarget embedded) : HealthContract(embedded.Target), IClassFixture<SingleNodeTarget>;

public sealed class EmbeddedOpenApiTests(SingleNodeTarget embedded) : OpenApiContract(embedded.Target), IClassFixture<SingleNodeTarget>;
