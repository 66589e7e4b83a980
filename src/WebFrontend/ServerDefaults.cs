using System.Net;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.Connections.Tls;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Settings;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend;

/// <summary>
/// What the server program sets for the whole server: limits, transport, headers and errors. A program that hosts LiveComments beside other
/// things does not call these, and keeps its own.
/// </summary>
public static class ServerDefaults
{
    // Less than the 10 s after which most supervisors lose patience.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    // The limit for viewers that stall is kept in such steps.
    private static readonly TimeSpan StallSteps = TimeSpan.FromSeconds(15);

    /// <summary>Adds the services of the defaults, and reads the settings from the program's configuration.</summary>
    public static WebApplicationBuilder AddLiveCommentsServerDefaults(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new SettingsSource(builder.Configuration));
        services.AddOptionsSection<HttpOptions>("Http");
        services.AddOptionsSection<LimitsOptions>("Limits");
        services.AddOptionsSection<StreamingOptions>("Streaming");
        services.AddOptionsSection<NodeOptions>("Node");
        services.TryAddSingleton(TimeProvider.System);
        // A peer that lives but takes nothing counts as vanished to the kernel, so that comes after the limit for viewers that stall.
        services.AddSingleton(provider => new TransportBounds(
            provider.GetRequiredService<LimitsOptions>().MaxConnections,
            TimeSpan.FromSeconds(provider.GetRequiredService<StreamingOptions>().StallSeconds) + StallSteps));
        services.AddSingleton<ConnectionLimit>();
        services.AddProblemDetails(Problems.Customize);
        services.AddExceptionHandler<ErrorAnswers>();
        services.AddOperatorAccess();
        services.AddHealthChecks().AddCheck<ReadinessCheck>("ready");
        services.AddCors();
        services.AddCommentsOpenApi();
        // The description of the API follows these.
        services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The server counts the framing of a chunked body, too; the limit to the byte is kept by who reads the body.
            kestrel.Limits.MaxRequestBodySize = 2 * NewComment.MaxBytes;
            // A slow viewer is not cut off: it gets a gap event for what it misses. Other answers have AnswerTimeLimit.
            kestrel.Limits.MinResponseDataRate = null;
            TlsEndpoints.MakeDetachable(kestrel, builder.Configuration);
        });
        services.AddSingleton<IConnectionListenerFactory, DetachableTransport>();
        return builder;
    }

    /// <summary>
    /// Adds the middleware of the defaults: the names of clients that trusted proxies give, safe headers, problem details, and the guard of
    /// the operators' pages. Maps the health checks. Call it before other endpoints are mapped.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static WebApplication UseLiveCommentsServerDefaults(this WebApplication app)
    {
        // Now, so that a wrong setting is one line: the host would log it with a stack trace.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var http = app.Services.GetRequiredService<HttpOptions>();
        UnreadBodies.Use(app);
        AnswerTimeLimit.Use(
            app,
            TimeSpan.FromSeconds(app.Services.GetRequiredService<LimitsOptions>().AnswerSeconds),
            app.Services.GetRequiredService<TimeProvider>());
        if (app.Services.GetRequiredService<NodeOptions>().Name is { } node) app.UseNodeHeader(node);
        if (http.TrustedProxies.Count > 0) app.UseForwardedHeaders(TrustOnly(http));
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = failure => ErrorAnswers.IsExpected(failure.Exception),
        });
        app.UseStatusCodePages();
        app.UseRouting();
        if (http.AllowedOrigins.Count > 0) app.UseCors();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }

    private static ForwardedHeadersOptions TrustOnly(HttpOptions http)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in http.TrustedProxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return options;
    }
}
