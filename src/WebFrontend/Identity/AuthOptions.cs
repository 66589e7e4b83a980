using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend.Identity;

/// <summary>Whether something may be done.</summary>
public enum AuthChoice
{
    /// <summary>It may.</summary>
    Allow,

    /// <summary>It may not.</summary>
    Deny,
}

/// <summary>Who may write, and whose tokens say who it is: the section <c>Auth</c>.</summary>
public sealed record AuthOptions : IValidatableObject
{
    private const string HowToMakeAKey =
        "Give base64 of at least 32 random bytes, as `openssl rand -base64 32` writes, the same on all nodes";

    /// <summary>The issuers whose tokens are taken, each with a number. Default none.</summary>
    public IReadOnlyList<IssuerOptions> Issuers { get; set; } = [];

    /// <summary>Whether comments are taken without a token: <c>allow</c> or <c>deny</c>.</summary>
    public AuthChoice Anonymous { get; set; } = AuthChoice.Allow;

    /// <summary>
    /// Whether <c>POST /guests</c> gives tokens to guests: <c>allow</c> or <c>deny</c>. Default allow; in a program of your own, only if
    /// there is a <see cref="GuestKey"/>.
    /// </summary>
    public AuthChoice? Guests { get; set; }

    /// <summary>
    /// The key of the site, base64 of at least 32 bytes, the same on all nodes: guests' tokens are signed, and authors' ids made, with
    /// keys that are derived from it. Default none: with SQLite the server makes one beside the database, <c>guest.key</c>; without
    /// SQLite it does not start then, unless <see cref="Guests"/> is <c>deny</c>.
    /// </summary>
    public string? GuestKey { get; set; }

    /// <summary>A file that holds <see cref="GuestKey"/>, in place of it; a line end after it does not count. Default none.</summary>
    public string? GuestKeyFile { get; set; }

    /// <summary>
    /// Where viewers sign in. The pages open it in a window, with their origin as <c>origin</c>; it tells its opener the token by
    /// <c>postMessage</c>. Default none: no link.
    /// </summary>
    public Uri? SignInUrl { get; set; }

    /// <summary>
    /// Names that nobody may write under whose name is not from a token, nor under ones that look like them (UTS 39), whatever the case
    /// and the spaces. Default none.
    /// </summary>
    public IReadOnlyList<string> ReservedNames { get; set; } = [];

    /// <summary>Whether guests get tokens, and may write with them.</summary>
    internal bool GivesGuestTokens => GuestKey is not null && Guests != AuthChoice.Deny;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (GuestKey is not null && !IssuerOptions.IsKey(GuestKey))
            yield return new($"It is too short or no base64. {HowToMakeAKey}.", [nameof(GuestKey)]);
        if (SignInUrl is not null && SignInUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return new($"'{SignInUrl}' is no address such as https://example.org/sign-in.", [nameof(SignInUrl)]);
        for (var i = 0; i < Issuers.Count; i++)
        {
            if (Issuers[i].Complaint() is { } about) yield return new(about.What, [$"{nameof(Issuers)}:{i}:{about.Setting}"]);
            if (Issuers[i].Issuer == GuestTokens.Issuer || Issuers.Take(i).Any(other => other.Issuer == Issuers[i].Issuer))
                yield return new($"'{Issuers[i].Issuer}' is taken already.", [$"{nameof(Issuers)}:{i}:{nameof(IssuerOptions.Issuer)}"]);
        }
    }

    /// <summary>Checks what a node needs that takes posts itself. An edge passes them on, and needs no key.</summary>
    /// <exception cref="OptionsValidationException">The key is missing.</exception>
    internal void CheckForPosts()
    {
        if (GuestKey is not null) return;
        if (Issuers.Count > 0) throw Missing("the ids of authors are made with it, so Auth:Issuers needs it");
        if (Guests == AuthChoice.Allow) throw Missing("guests' tokens are signed with it. Or set Auth:Guests=deny");

        static OptionsValidationException Missing(string why) =>
            new(nameof(AuthOptions), typeof(AuthOptions), [$"Setting Auth:GuestKey: it is missing; {why}. {HowToMakeAKey}."]);
    }
}
