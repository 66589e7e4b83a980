using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LiveComments.WebFrontend.Connections.Tls;

/// <summary>
/// Lets streams over TLS be detached, at the addresses of <c>--urls</c> and the endpoints of <c>Kestrel:Endpoints</c>. Those with
/// certificates by name (<c>Sni</c>) are left as they are: streams go through the server there.
/// </summary>
internal static class TlsEndpoints
{
    /// <summary>Adds what stands behind the TLS of each of them.</summary>
    public static void MakeDetachable(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        if (kestrel.ConfigurationLoader is not { } loader) return;
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        foreach (var section in endpoints)
        {
            loader.Endpoint(section.Key, (EndpointConfiguration endpoint) =>
            {
                if (endpoint.IsHttps && !endpoint.ConfigSection.GetSection("Sni").GetChildren().Any())
                    MakeDetachable(endpoint.ListenOptions, endpoint.HttpsOptions);
            });
        }

        // Endpoints take the place of addresses.
        if (endpoints.Count > 0) return;
        var addresses = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse).ToList();
        // One that both have, such as 0 for any, tells nothing.
        var ports = addresses.Where(IsHttps).Select(address => address.Port).ToHashSet();
        ports.ExceptWith(addresses.Where(address => !IsHttps(address)).Select(address => address.Port));
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (listen.EndPoint is IPEndPoint { Port: var port } && ports.Contains(port)) MakeDetachable(listen, null);
        });

        static bool IsHttps(BindingAddress address) => address.Scheme == Uri.UriSchemeHttps;
    }

    /// <summary>
    /// The server's own TLS is added as well: it finds and checks the certificate, and serves where OpenSSL does not.
    /// </summary>
    private static void MakeDetachable(ListenOptions listen, HttpsConnectionAdapterOptions? configured)
    {
        ConnectionDelegate? http = null;
        HttpsConnectionAdapterOptions https = null!;
        listen.Use(server => TlsServer.TryCreate(listen, https, connection => http!(connection))
            is { } tls ? connection => tls.RunAsync(connection, server) : server);
        if (configured is null) listen.UseHttps(options => https = options);
        else listen.UseHttps(https = configured);
        listen.Use(server => http = server);
    }
}
