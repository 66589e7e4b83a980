namespace LiveComments.WebFrontend;

/// <summary>Begins to follow the erasures once the program has started: nobody need ask for those that another process has left.</summary>
internal sealed class ErasureStart(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<SiteErasures>();
        return Task.CompletedTask;
    }

    /// <summary>Ends the work on them before the parts of the program end that it needs.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<SiteErasures>().Dispose();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
