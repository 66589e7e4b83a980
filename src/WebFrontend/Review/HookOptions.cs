using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Review;

/// <summary>What becomes of a comment of which the hook gives no verdict.</summary>
public enum HookFailure
{
    /// <summary>A moderator sees it first.</summary>
    Hold,

    /// <summary>It is published.</summary>
    Publish,

    /// <summary>It is refused.</summary>
    Refuse,
}

/// <summary>A service of the site's own that reviews comments before they are published: the section <c>Moderation:Hook</c>.</summary>
public sealed record HookOptions : IValidatableObject
{
    /// <summary>Where the hook is, as <c>https://example.org/review</c>. Default none: no hook is asked.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// The key that requests are signed with (Standard Webhooks): <c>whsec_</c> and 24 to 64 bytes in base64. It is required with a hook.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>A file with the secret, instead of it.</summary>
    public string? SecretFile { get; set; }

    /// <summary>
    /// How long a request to the hook may take, in milliseconds. As long may a comment wait for a request before. Default 200.
    /// </summary>
    [Range(50, 5_000)]
    public int TimeoutMs { get; set; } = 200;

    /// <summary>
    /// What becomes of a comment of which the hook gives no valid verdict in time: <c>Hold</c>, <c>Publish</c> or <c>Refuse</c>. Default
    /// <c>Hold</c>.
    /// </summary>
    [EnumDataType(typeof(HookFailure))]
    public HookFailure Failed { get; set; }

    /// <summary>The bytes of the secret; null if it has not the form of one.</summary>
    internal byte[]? ReadSecret() => WebhookSignature.ReadSecret(Secret);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null)
        {
            if (Secret is not null) yield return new("There is no hook to sign for. Set Moderation:Hook:Url, or remove it.", [nameof(Secret)]);
            yield break;
        }

        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" })
            yield return new($"'{Url}' is no address such as https://example.org/review.", [nameof(Url)]);
        if (ReadSecret() is null)
            yield return new(WebhookSignature.SecretAdvice, [nameof(Secret)]);
    }
}
