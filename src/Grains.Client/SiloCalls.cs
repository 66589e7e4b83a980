namespace LiveComments.Grains.Client;

/// <summary>Asks a silo, whichever it is, for what a frontend has no store for.</summary>
internal static class SiloCalls
{
    /// <summary>Asks a grain that every silo has one of.</summary>
    /// <exception cref="CommentsUnavailableException">No silo answered, or its store failed.</exception>
    public static async Task<TAnswer> AskSiloAsync<TGrain, TAnswer>(this IGrainFactory grains, Func<TGrain, Task<TAnswer>> ask)
        where TGrain : IGrainWithIntegerKey
    {
        try
        {
            return await ask(grains.GetGrain<TGrain>(0));
        }
        // An ArgumentException: the frontend has not connected to its cluster yet.
        catch (Exception exception) when (exception is ArgumentException || ClusterErrors.Is(exception))
        {
            throw ClusterErrors.AsStoreException(exception);
        }
    }
}
