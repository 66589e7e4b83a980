using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LiveComments.WebFrontend.Operations;

/// <summary>
/// Checks the operators' password by HTTP Basic (RFC 7617), with any user name, and answers requests that the policy refuses.
/// </summary>
internal sealed class PasswordAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    OperationsOptions settings,
    PasswordCheck check,
    OperatorMetrics metrics) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, UrlEncoder.Default)
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string SchemeName = "operators' password";

    // There is one handler for each request.
    private bool _tooManyGuesses;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (settings.Password is null)
        {
            metrics.Refused("not_this_machine");
            return Problems.OperatorsOnly().ExecuteAsync(Context);
        }

        if (_tooManyGuesses)
            return Problems.TooManyGuesses().RetryLater(Context, (int)PasswordCheck.OneMoreAfter.TotalSeconds).ExecuteAsync(Context);
        Response.Headers.WWWAuthenticate = """Basic realm="LiveComments operations", charset="UTF-8" """.TrimEnd();
        return Problems.PasswordNeeded().ExecuteAsync(Context);
    }

    private AuthenticateResult Authenticate()
    {
        if (settings.Password is null || ReadPassword() is not { } password) return AuthenticateResult.NoResult();
        var verdict = check.Judge(ClientAddress.Of(Context), password);
        _tooManyGuesses = verdict == PasswordVerdict.NotTold;
        return verdict == PasswordVerdict.Right
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), SchemeName))
            : AuthenticateResult.Fail("The password is not the operators'.");
    }

    private string? ReadPassword()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers[HeaderNames.Authorization], out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { } parameter)
            return null;
        var decoded = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, decoded, out var length)) return null;
        return Encoding.UTF8.GetString(decoded.AsSpan(0, length)).Split(':', 2) is [_, var password] ? password : null;
    }
}
