using System.Diagnostics.Metrics;
using LiveComments.Grains.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Grains.Tests.Publishing;

public sealed class CommentPublisherTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly MeterListener _listener = new();
    private long _dropped;

    public CommentPublisherTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter && instrument.Name == "livecomments.stream.dropped") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _dropped, count));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task A_provider_that_hangs_costs_the_video_a_bounded_queue_and_the_rest_is_counted()
    {
        var (stream, held) = HeldStream.Create();
        var publisher = new CommentPublisher(stream, maxWaiting: 3, new(_meter), new(TimeProvider.System, NullLogger<CommentStreams>.Instance));
        publisher.OnBatch(Batch(1));
        await held.HandedOver.WaitAsync().InTime();

        publisher.OnBatch(Batch(2, 3));
        publisher.OnBatch(Batch(4, 5, 6));
        Assert.Equal(2, Interlocked.Read(ref _dropped));

        held.TakeLast();
        await held.HandedOver.WaitAsync().InTime();
        Assert.Equal([[1], [2, 3, 4]], held.Batches.Select(batch => batch.Select(comment => comment.Id.Value)));
    }

    [Fact]
    public async Task A_provider_that_fails_loses_that_batch_and_gets_the_next()
    {
        var (stream, held) = HeldStream.Create();
        var publisher = new CommentPublisher(stream, maxWaiting: 10, new(_meter), new(TimeProvider.System, NullLogger<CommentStreams>.Instance));
        publisher.OnBatch(Batch(1, 2));
        await held.HandedOver.WaitAsync().InTime();
        publisher.OnBatch(Batch(3));

        held.FailLast();
        await held.HandedOver.WaitAsync().InTime();
        Assert.Equal(2, Interlocked.Read(ref _dropped));
        Assert.Equal(3, Assert.Single(held.Batches[^1]).Id.Value);
    }

    private static CommentBatch Batch(params long[] ids) =>
        new(new(ids[0] - 1), [.. ids.Select(id => new Comment(new(id), LiveVideoId.Parse("v"), "Ada", $"{id}"))]);
}
