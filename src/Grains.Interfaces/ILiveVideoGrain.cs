using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Interfaces;

/// <summary>The owner of one live video in the cluster; its key is the id of the video.</summary>
[Alias("livecomments.LiveVideo")]
public interface ILiveVideoGrain : IGrainWithStringKey
{
    /// <summary>Posts comments; answers in their order when each is durable or refused.</summary>
    [Alias("Post")]
    Task<PostAnswers> PostAsync(PostRequest request);

    /// <summary>
    /// Removes comments, bans somebody or changes the settings; answers when the texts have left the store, what was decided holds and the
    /// frontends are being told, or it is refused.
    /// </summary>
    [Alias("Remove")]
    Task<RemovalAnswer> RemoveAsync(RemovalCall call);

    /// <summary>The bans that hold now, the last one first.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    [Alias("ReadBans")]
    Task<Ban[]> ReadBansAsync();

    /// <summary>
    /// Begins a subscription, or renews the lease of one. The lease lasts <see cref="SubscriptionOptions.Duration"/>; a subscription that
    /// is not renewed, or whose queue overflows, ends, and the next call begins it anew.
    /// </summary>
    /// <param name="subscription">Names the subscription; chosen by the frontend and unique in the cluster.</param>
    /// <param name="frontend">Who is told.</param>
    /// <param name="after">The last entry that the frontend has; null if it wants only what comes from now on.</param>
    /// <returns>
    /// What the frontend misses, or, if it has all or misses much, an empty batch that tells how far the log is; and the settings.
    /// </returns>
    /// <exception cref="CommentsUnavailableException">The video was not in memory and the store failed.</exception>
    [Alias("Follow")]
    Task<MissedEntries> SubscribeAsync(Guid subscription, IFrontendObserver frontend, CommentId? after);

    /// <summary>The same for a moderator, who sees comments without their delay.</summary>
    /// <exception cref="CommentsUnavailableException">The video was not in memory and the store failed.</exception>
    [Alias("FollowAsModerator")]
    Task<MissedEntries> SubscribeModeratorAsync(Guid subscription, IFrontendObserver frontend, CommentId? after);

    /// <summary>Ends a subscription.</summary>
    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(Guid subscription);

    /// <summary>
    /// Adds up who was told of a removal: asks all frontends that follow the video, and waits a second for them. An owner remembers the
    /// last 100 removals.
    /// </summary>
    [Alias("ReadReceipt")]
    Task<ReceiptSum> ReadReceiptAsync(CommentId removal);

    /// <summary>Takes what edges say of their own viewers, for as long as the video is in memory.</summary>
    [Alias("ReportReceipts")]
    Task ReportReceiptsAsync(EdgeReport[] reports);
}
