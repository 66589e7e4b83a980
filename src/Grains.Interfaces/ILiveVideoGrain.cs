using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Interfaces;

/// <summary>The owner of one live video in the cluster; its key is the id of the video.</summary>
[Alias("livecomments.LiveVideo")]
public interface ILiveVideoGrain : IGrainWithStringKey
{
    /// <summary>Posts comments; answers in their order when each is durable or refused.</summary>
    [Alias("Post")]
    Task<PostAnswers> PostAsync(PostRequest request);

    /// <summary>Reads up to <paramref name="limit"/> (at least 1) comments with ids below <paramref name="before"/>.</summary>
    /// <exception cref="CommentsUnavailableException">They are not in memory and the store failed.</exception>
    [Alias("Read")]
    Task<HistoryPage> ReadAsync(CommentId before, int limit);

    /// <summary>
    /// Begins a subscription, or renews the lease of one. The lease lasts <see cref="SubscriptionOptions.Duration"/>; a subscription that is not
    /// renewed, or whose queue overflows, ends, and the next call begins it anew.
    /// </summary>
    /// <param name="subscription">Names the subscription; chosen by the frontend and unique in the cluster.</param>
    /// <param name="frontend">Who is told.</param>
    /// <param name="after">The last comment that the frontend has; null where it wants only what comes from now on.</param>
    /// <returns>
    /// What the frontend misses, or, where it has all or misses much, an empty batch that tells how far the log is.
    /// </returns>
    /// <exception cref="CommentsUnavailableException">The video was not in memory and the store failed.</exception>
    [Alias("Subscribe")]
    Task<News> SubscribeAsync(Guid subscription, IFrontendObserver frontend, CommentId? after);

    /// <summary>Ends a subscription.</summary>
    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(Guid subscription);
}
