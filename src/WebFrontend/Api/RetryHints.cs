using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// How long clients are told to wait before they connect again: spread at random, so that those who lost their connection together do not
/// all come back together.
/// </summary>
internal sealed class RetryHints(Random random)
{
    /// <summary>A <c>retry:</c> for a connection that breaks: about 2 s.</summary>
    public SsePayload WhenRunning => Retry(1_500, 2_500);

    /// <summary>
    /// A <c>retry:</c> for one that this node ends because it stops: up to 10 s, because all its viewers reconnect at once.
    /// </summary>
    public SsePayload WhenStopping => Retry(1_000, 10_000);

    /// <summary>
    /// A <c>retry:</c> for one that this node ends because others may own its video now: up to 2 s, because all viewers of one video
    /// reconnect.
    /// </summary>
    public SsePayload WhenMoved => Retry(100, 2_000);

    /// <summary>What a viewer is told whose token has expired: that, and a <c>retry:</c> of up to 2 s.</summary>
    public SsePayload WhenExpired => SsePayload.Of([.. SseEvent.TokenExpired, .. WhenMoved.Bytes.Span]);

    /// <summary>What an edge is told whose stream ends because what is here is too old: that, and a <c>retry:</c> of up to 2 s.</summary>
    public SsePayload WhenStale => SsePayload.Of([.. SseEvent.Stale, .. WhenMoved.Bytes.Span]);

    /// <summary>
    /// What a viewer is told whose live video is over: that, and a <c>retry:</c> of up to 10 s, because the browsers of all ask once more.
    /// </summary>
    public SsePayload WhenEnded => SsePayload.Of([.. SseEvent.Ended, .. WhenStopping.Bytes.Span]);

    /// <summary>For a request that is refused, in whole seconds.</summary>
    public int Seconds => random.Next(2, 6);

    private SsePayload Retry(int leastMs, int mostMs) =>
        SsePayload.Of(SseEvent.Retry(TimeSpan.FromMilliseconds(random.Next(leastMs, mostMs))));
}
