namespace LiveComments.WebFrontend.FanOut;

/// <summary>Ends all streams as soon as the program begins to stop, and holds up the stop until they have ended.</summary>
internal sealed class ViewerShutdown(ViewerRegistry viewers, IHostApplicationLifetime lifetime) : IHostedService
{
    Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(viewers.EndAll);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the streams.</summary>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => viewers.EndAllAsync(cancellationToken);
}
