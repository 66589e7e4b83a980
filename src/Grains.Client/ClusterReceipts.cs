using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Client;

/// <summary>Who was told of removals, over all nodes of a cluster: the owner of the video asks those that follow it.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="node">The viewers here.</param>
/// <param name="time">The clock.</param>
public sealed class ClusterReceipts(IGrainFactory grains, INodeReceipts node, TimeProvider time) : IReceipts
{
    // The owner waits a second for others.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<ReceiptSum> ReadAsync(LiveVideoId liveVideoId, CommentId removal)
    {
        try
        {
            return await Owner(liveVideoId).ReadReceiptAsync(removal).WaitAsync(Patience, time);
        }
        catch (Exception)
        {
            // Whatever it is, also that the owner is of a version that cannot be asked: the answer says that others are missing.
            return ReceiptSum.Of([node.Find(liveVideoId, removal)], missing: 1, new Dictionary<Guid, ReceiptShare>());
        }
    }

    /// <inheritdoc/>
    public async Task ReportAsync(LiveVideoId liveVideoId, IReadOnlyList<EdgeReport> reports)
    {
        try
        {
            await Owner(liveVideoId).ReportReceiptsAsync([.. reports]).WaitAsync(Patience, time);
        }
        // An ArgumentException: the frontend has not connected to its cluster yet.
        catch (Exception exception) when (exception is ArgumentException || ClusterErrors.Is(exception))
        {
            throw ClusterErrors.AsStoreException(exception);
        }
    }

    private ILiveVideoGrain Owner(LiveVideoId id) => grains.GetGrain<ILiveVideoGrain>(id.ToString());
}
