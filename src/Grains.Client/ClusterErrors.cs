namespace LiveComments.Grains.Client;

/// <summary>The errors of a call while a video's owner moves to another silo, or while the cluster is out of reach.</summary>
internal static class ClusterErrors
{
    public static bool Is(Exception exception) =>
        exception is OrleansException or TimeoutException or InvalidOperationException or IOException;

    public static CommentsUnavailableException AsStoreException(Exception exception) =>
        new("The owner of the live video did not answer.", exception);
}
