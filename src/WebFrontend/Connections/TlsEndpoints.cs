using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveComments.WebFrontend.Connections;

/// <summary>The endpoints with TLS of the section <c>Kestrel:Endpoints</c>.</summary>
internal static class TlsEndpoints
{
    /// <summary>
    /// Lets streams over HTTP/1.1 be detached there. Endpoints with certificates by name (<c>Sni</c>), and those of <c>--urls</c>, are left
    /// as they are: streams go through the server then.
    /// </summary>
    public static void LetGo(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        if (kestrel.ConfigurationLoader is not { } loader) return;
        foreach (var section in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            loader.Endpoint(section.Key, (EndpointConfiguration endpoint) =>
            {
                if (!endpoint.IsHttps || endpoint.ConfigSection.GetSection("Sni").GetChildren().Any()) return;
                // The server would do this itself, but after us: what stands behind its TLS has to be added after that.
                endpoint.ListenOptions.UseHttps(endpoint.HttpsOptions);
                endpoint.ListenOptions.Use(server => connection => DetachableTls.RunAsync(connection, server));
            });
        }
    }
}
