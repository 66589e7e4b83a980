using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LiveComments.WebFrontend.Monitoring;

/// <summary>
/// Sends our instruments and those of the .NET runtime through OTLP where the usual settings of OpenTelemetry name a receiver, such as
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. They are read by its SDK (OpenTelemetry, "Environment Variable Specification").
/// </summary>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    private MeterProvider? _provider;

    Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        if (IsWanted(configuration))
        {
            _provider = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(resource => resource.AddService("livecomments", serviceVersion: ThisProgram.Version).AddEnvironmentVariableDetector())
                .AddMeter(CommentMetrics.MeterName, "System.Runtime")
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends what has not been sent yet, for some seconds at most.</summary>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.Shutdown(FlushMilliseconds), cancellationToken);

    public void Dispose() => _provider?.Dispose();

    private const int FlushMilliseconds = 3_000;

    private static bool IsWanted(IConfiguration configuration) =>
        (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? configuration["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]) is { Length: > 0 }
        && configuration["OTEL_METRICS_EXPORTER"] is null or "" or "otlp"
        && !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
}
