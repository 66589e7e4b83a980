using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

public sealed class EmbeddedPostTests(EmbeddedTarget embedded) : PostContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedCommentTextTests(EmbeddedTarget embedded) : CommentTextContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedRequestBodyTests(EmbeddedTarget embedded) : RequestBodyContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedLiveVideoIdTests(EmbeddedTarget embedded) : LiveVideoIdContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedRepeatTests(EmbeddedTarget embedded) : RepeatContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedHistoryTests(EmbeddedTarget embedded) : HistoryContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedStreamTests(EmbeddedTarget embedded) : StreamContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedBacklogTests(EmbeddedTarget embedded) : BacklogContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedResumeTests(EmbeddedTarget embedded) : ResumeContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedGapTests(EmbeddedTarget embedded) : GapContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedMethodTests(EmbeddedTarget embedded) : MethodContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedOriginTests(EmbeddedTarget embedded) : OriginContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedHealthTests(EmbeddedTarget embedded) : HealthContract(embedded.Target), IClassFixture<EmbeddedTarget>;

public sealed class EmbeddedOpenApiTests(EmbeddedTarget embedded) : OpenApiContract(embedded.Target), IClassFixture<EmbeddedTarget>;
