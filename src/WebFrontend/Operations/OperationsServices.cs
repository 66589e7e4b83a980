using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Adds what operators see of a node.</summary>
public static class OperationsServices
{
    /// <summary>Adds what the operator page shows.</summary>
    public static LiveCommentsBuilder AddOperations(this LiveCommentsBuilder builder)
    {
        builder.Services.AddOptionsSection<OperationsOptions>("Operations");
        builder.Services.AddSingleton<NodeMonitor>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NodeMonitor>());
        return builder;
    }
}
