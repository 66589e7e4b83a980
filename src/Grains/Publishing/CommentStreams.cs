using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace LiveComments.Grains.Publishing;

/// <summary>The streams of accepted comments, if a setting turns them on.</summary>
public sealed class CommentStreams(
    PublishingOptions options, IServiceProvider services, [FromKeyedServices(CommentMetrics.MeterName)] Meter meter,
    TimeProvider time, ILogger<CommentStreams> log)
{
    /// <summary>The namespace of the streams; their keys are the ids of the videos.</summary>
    public const string Namespace = "comments";

    private readonly PublishingMetrics _metrics = new(meter);
    private readonly PublishingLog _log = new(time, log);

    /// <summary>What takes the comments of a video to its stream; null if streams are off.</summary>
    internal CommentPublisher? PublisherOf(LiveVideoId video)
    {
        if (options.Provider is not { Length: > 0 } provider || video.HoldsDecisions) return null;
        var stream = services.GetRequiredKeyedService<IStreamProvider>(provider)
            .GetStream<Comment>(StreamId.Create(Namespace, video.ToString()));
        return new(stream, options.MaxWaiting, _metrics, _log);
    }
}
