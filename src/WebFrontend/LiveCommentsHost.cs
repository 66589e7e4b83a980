using System.Diagnostics.Metrics;
using System.Net;
using LiveComments.WebFrontend.Comments;
using LiveComments.WebFrontend.Monitoring;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Operators;
using LiveComments.WebFrontend.Settings;
using LiveComments.WebFrontend.Streaming;
using LiveComments.WebFrontend.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveComments.WebFrontend;

/// <summary>
/// The web frontend as a part of any ASP.NET Core program: it serves whatever <see cref="ILiveVideos"/> the program brings,
/// or those of the upstream that the settings name.
/// </summary>
public static class LiveCommentsHost
{
    // Less than the 10 s after which most supervisors lose patience.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Adds the services of the frontend, but no engine.</summary>
    public static IServiceCollection AddLiveComments(this IServiceCollection services)
    {
        services.AddSettings<LimitsSettings>("Limits");
        services.AddSettings<StreamingSettings>("Streaming");
        services.AddSettings<HttpSettings>("Http");
        services.AddSettings<OperationsSettings>("Operations");
        services.AddSettings<NodeSettings>("Node");

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton(provider => provider.GetRequiredService<IMeterFactory>().Create(CommentMetrics.MeterName));
        services.AddSingleton<CommentMetrics>();
        services.AddSingleton<StreamMetrics>();
        services.TryAddSingleton<IReadOnlyLiveVideos>(provider => provider.GetRequiredService<ILiveVideos>());
        services.AddSingleton<VideoChannels>();
        services.AddSingleton<Viewers>();
        services.AddSingleton<AddressQuota>();
        services.AddHostedService(provider => provider.GetRequiredService<Viewers>());
        services.AddSingleton<ReconnectAdvice>();
        services.AddSingleton<NodeMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeMonitor>());

        services.AddProblemDetails(Problems.Customize);
        services.AddExceptionHandler<ErrorAnswers>();
        services.AddOperatorAccess();
        services.AddHealthChecks().AddCheck<ReadinessCheck>("ready");
        services.AddRateLimiter(PostRateLimit.Configure);
        services.AddCors();
        services.AddCommentsOpenApi();
        services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The server counts the framing of a chunked body, too; the limit to the byte is kept by who reads the body.
            kestrel.Limits.MaxRequestBodySize = 2 * NewComment.MaxBytes;
            // A slow viewer is told of what it misses; it is not cut off for being slow.
            kestrel.Limits.MinResponseDataRate = null;
        });
        services.AddSingleton<IConnectionListenerFactory, DetachableTransport>();
        return services;
    }

    /// <summary>Adds the middleware and the endpoints of the frontend.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static WebApplication MapLiveComments(this WebApplication app)
    {
        app.UseServerDefaults();
        var http = app.Services.GetRequiredService<HttpSettings>();
        var viewers = app.Services.GetRequiredService<Viewers>();
        app.Lifetime.ApplicationStopping.Register(viewers.EndAll);
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<NodeMonitor>().EndAll);

        if (http.AllowedOrigins.Count > 0)
        {
            app.UseCors(policy => policy
                .WithOrigins([.. http.AllowedOrigins])
                .WithMethods("GET", "POST")
                .WithHeaders("Content-Type", "Idempotency-Key", "Last-Event-ID")
                .WithExposedHeaders("Retry-After"));
        }

        app.UsePageFiles();
        app.UseRateLimiter();

        app.MapPages();
        app.MapOperations();
        app.MapComments();
        StreamApi.Map(app);
        app.MapOpenApi();
        return app;
    }

    /// <summary>
    /// Adds what every program of ours has, whether it serves viewers or not: the checks of its settings and of its health, the names of clients that
    /// trusted proxies give, safe headers, problem details, and the guard of the operators' pages.
    /// </summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static void UseServerDefaults(this WebApplication app)
    {
        app.Services.CheckSettings();
        var http = app.Services.GetRequiredService<HttpSettings>();
        if (app.Services.GetRequiredService<NodeSettings>().Name is { } node) app.UseNodeHeader(node);
        if (http.TrustedProxies.Count > 0) app.UseForwardedHeaders(TrustOnly(http));
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = failure => ErrorAnswers.IsExpected(failure.Exception),
        });
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }

    private static ForwardedHeadersOptions TrustOnly(HttpSettings settings)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.TrustedProxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return options;
    }
}
