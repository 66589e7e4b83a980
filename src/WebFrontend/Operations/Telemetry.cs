using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Sends metrics to a collector.</summary>
public static class Telemetry
{
    /// <summary>
    /// Sends our instruments and those of the .NET runtime through OTLP if the usual settings of OpenTelemetry name a receiver, such as
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. They are read by its SDK (OpenTelemetry, "Environment Variable Specification").
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (!NamesReceiver(configuration)) return services;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("livecomments", serviceVersion: ThisProgram.Version)
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(CommentMetrics.MeterName, "System.Runtime").AddOtlpExporter());
        return services;
    }

    private static bool NamesReceiver(IConfiguration configuration) =>
        (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? configuration["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]) is { Length: > 0 }
        && configuration["OTEL_METRICS_EXPORTER"] is null or "" or "otlp"
        && !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
}
