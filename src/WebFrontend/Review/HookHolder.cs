namespace LiveComments.WebFrontend.Review;

/// <summary>Has the hook, where the settings name one.</summary>
internal sealed class HookHolder(
    HookOptions options, IHttpClientFactory clients, TimeProvider time, ReviewMetrics metrics, ReviewLog log) : IDisposable
{
    /// <summary>The name of the client of HTTP.</summary>
    public const string ClientName = "LiveComments.Review";

    /// <summary>Asks the hook; null if there is none.</summary>
    public HookReviewer? Reviewer { get; } = options.Url is null
        ? null
        : new(
            options,
            new(options, clients.CreateClient(ClientName), time),
            new(TimeSpan.FromMilliseconds(options.TimeoutMs), time, metrics, log),
            time,
            metrics,
            log);

    public void Dispose() => Reviewer?.Dispose();
}
