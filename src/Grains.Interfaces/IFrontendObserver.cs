using Orleans.Concurrency;

namespace LiveComments.Grains.Interfaces;

/// <summary>A web frontend, as live videos see it: one of its observers, each for some of the videos that it watches.</summary>
[Alias("livecomments.Frontend")]
public interface IFrontendObserver : IGrainObserver
{
    /// <summary>
    /// Takes the next comments of a video. The video sends no more before this completes, so a frontend that is slow gathers; it answers
    /// false if it no longer wants them.
    /// </summary>
    [Alias("Batch")]
    Task<bool> OnBatchAsync(Guid subscription, CommentBatch batch);

    /// <summary>The video is leaving its silo: subscribe again, where the cluster places it now.</summary>
    [Alias("Moved")]
    [OneWay]
    Task OnMovedAsync(Guid subscription);

    /// <summary>
    /// Says who of the frontend's own viewers of a video was told of a removal. A frontend of an earlier version does not know the call.
    /// </summary>
    [Alias("ReadReceipt")]
    Task<NodeReceipt> ReadReceiptAsync(string liveVideoId, CommentId removal);
}
