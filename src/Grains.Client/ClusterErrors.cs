namespace LiveComments.Grains.Client;

/// <summary>What goes wrong where the owner of a video is on its way from one silo to another, or the cluster is out of reach.</summary>
internal static class ClusterErrors
{
    public static bool Is(Exception exception) => exception is OrleansException or TimeoutException or InvalidOperationException or IOException;

    public static CommentsUnavailableException AsStoreException(Exception exception) => new("The owner of the live video did not answer.", exception);
}
