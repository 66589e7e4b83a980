namespace LiveComments.Silo.Cluster;

/// <summary>
/// What a frontend knows of its connection to the cluster. Before the first one it waits for the cluster, however long that takes, and says
/// so in one line; it writes another one only if the reason is another.
/// </summary>
internal sealed partial class ClusterConnection(TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ClusterConnection> log)
    : IClusterConnectionStatusObserver, IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string? _waitsFor;
    private int _gateways;

    /// <summary>Raised after a gateway was connected or lost.</summary>
    public event Action? Changed;

    /// <summary>How many gateways are connected.</summary>
    public int Gateways => Volatile.Read(ref _gateways);

    /// <inheritdoc/>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        var cause = exception.GetBaseException();
        var reason = cause == exception ? exception.Message : $"{exception.Message.TrimEnd('.')}: {cause.Message}";
        if (_waitsFor != reason) LogWaiting(_waitsFor = reason);
        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    /// <inheritdoc/>
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        // The difference: two changes at one moment may be told in either order.
        var change = currentNumberOfGateways - previousNumberOfGateways;
        var gateways = Interlocked.Add(ref _gateways, change);
        if (lifetime.ApplicationStopping.IsCancellationRequested) return;
        if (gateways == 0) LogLost();
        else if (gateways == change) LogConnected();
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void NotifyClusterConnectionLost()
    {
        // The count has told it.
    }

    [LoggerMessage(1, LogLevel.Warning, "This frontend waits for its cluster, and tries again each second: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(2, LogLevel.Warning,
        "The last gateway of the cluster is lost. This frontend keeps its viewers, and tries to reach the cluster again.")]
    private partial void LogLost();

    [LoggerMessage(3, LogLevel.Information, "This frontend is connected to its cluster.")]
    private partial void LogConnected();
}
