namespace LiveComments.WebFrontend.Operations;

/// <summary>Adds what operators see of a node.</summary>
public static class OperationsServices
{
    /// <summary>
    /// Adds what the operator page shows, and its guard. The guard brings an authentication scheme: a program that relied on its only
    /// scheme to be the default one must name a default now.
    /// </summary>
    public static LiveCommentsBuilder AddOperations(this LiveCommentsBuilder builder)
    {
        builder.Services.AddOperatorAccess();
        builder.Services.AddSingleton<NodeMonitor>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NodeMonitor>());
        return builder;
    }
}
