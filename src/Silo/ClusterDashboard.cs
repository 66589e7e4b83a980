using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Orleans.Dashboard;

namespace LiveComments.Silo;

/// <summary>The Orleans Dashboard at <c>/dashboard</c>, for this machine or whoever has the password.</summary>
internal static class ClusterDashboard
{
    public static void MapClusterDashboard(this WebApplication app)
    {
        var password = app.Services.GetRequiredService<DashboardSettings>().Password;
        app.MapOrleansDashboard("/dashboard")
            .ExcludeFromDescription()
            .AddEndpointFilter((context, next) =>
                Refuse(context.HttpContext, password) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context));
    }

    private static IResult? Refuse(HttpContext http, string? password)
    {
        if (string.IsNullOrEmpty(password)) return IsLocal(http) ? null : Results.NotFound();
        if (Knows(http.Request.Headers.Authorization, password)) return null;
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"dashboard\", charset=\"UTF-8\"";
        return Results.Unauthorized();
    }

    // What a proxy on this machine forwards is not from this machine.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    private static bool Knows(string? authorization, string password)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } given })
            return false;
        var credentials = new byte[given.Length];
        if (!Convert.TryFromBase64String(given, credentials, out var length)) return false;
        var colon = credentials.AsSpan(0, length).IndexOf((byte)':');
        return colon >= 0
            && CryptographicOperations.FixedTimeEquals(credentials.AsSpan(colon + 1, length - colon - 1), Encoding.UTF8.GetBytes(password));
    }
}
