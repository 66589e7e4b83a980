using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Operations;

/// <summary>
/// Lets operators in: with the password that a setting names (HTTP Basic, RFC 7617; any user name), or without one from this machine alone.
/// </summary>
internal sealed class OperatorAccess(OperationsOptions settings) : IEndpointFilter
{
    private readonly byte[]? _password = settings.Password is { } password ? Hash(password) : null;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Refuse(context.HttpContext) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context);

    private ProblemHttpResult? Refuse(HttpContext context)
    {
        if (_password is null) return IsThisMachine(context) ? null : Problems.OperatorsOnly();
        if (Knows(context.Request)) return null;
        context.Response.Headers.WWWAuthenticate = """Basic realm="LiveComments operations", charset="UTF-8" """.TrimEnd();
        return Problems.PasswordNeeded();
    }

    /// <summary>
    /// A proxy on this machine comes from here, too, whomever it stands for; one that we do not trust tells by its headers or by the name that it
    /// was asked for. The name also keeps out a page elsewhere whose own name was made to lead here (DNS rebinding).
    /// </summary>
    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && (context.Request.Host.Host is "localhost"
            || (IPAddress.TryParse(context.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)))
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    private bool Knows(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers[HeaderNames.Authorization], out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return false;
        var decoded = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", decoded, out var length)) return false;
        var userAndPassword = Encoding.UTF8.GetString(decoded.AsSpan(0, length)).Split(':', 2);
        // Of hashes, so that the time taken does not tell the length either.
        return userAndPassword is [_, var password] && CryptographicOperations.FixedTimeEquals(Hash(password), _password);
    }

    private static byte[] Hash(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}
